"""Gives a secret another value of the same length.

Secrets Manager calls it four times for each change: to make a value, to put it where it is used,
to try it, and to make it the current one. Programs read these secrets from files that follow the
current value, so there is nothing to put or to try.
"""

import logging
import os

import boto3

log = logging.getLogger()
log.setLevel(os.environ.get("LOG_LEVEL", "INFO"))


def handler(event, _context):
    secrets = boto3.client("secretsmanager")
    secret, token, step = event["SecretId"], event["ClientRequestToken"], event["Step"]
    versions = secrets.describe_secret(SecretId=secret)["VersionIdsToStages"]
    stages = versions.get(token)
    if stages is None:
        raise ValueError(f"version {token} does not belong to {secret}")
    if "AWSCURRENT" in stages:
        log.info("version %s of %s is current already", token, secret)
        return
    if "AWSPENDING" not in stages:
        raise ValueError(f"version {token} of {secret} is not pending")
    if step == "createSecret":
        create(secrets, secret, token)
    elif step == "finishSecret":
        finish(secrets, secret, token, versions)
    elif step not in ("setSecret", "testSecret"):
        raise ValueError(f"there is no step {step}")
    log.info("%s of %s is done", step, secret)


def create(secrets, secret, token):
    try:
        secrets.get_secret_value(SecretId=secret, VersionId=token, VersionStage="AWSPENDING")
        return
    except secrets.exceptions.ResourceNotFoundException:
        pass
    current = secrets.get_secret_value(SecretId=secret, VersionStage="AWSCURRENT")
    value = secrets.get_random_password(
        PasswordLength=len(current["SecretString"]), ExcludePunctuation=True
    )
    secrets.put_secret_value(
        SecretId=secret,
        ClientRequestToken=token,
        SecretString=value["RandomPassword"],
        VersionStages=["AWSPENDING"],
    )


def finish(secrets, secret, token, versions):
    current = next((it for it, stages in versions.items() if "AWSCURRENT" in stages), None)
    secrets.update_secret_version_stage(
        SecretId=secret,
        VersionStage="AWSCURRENT",
        MoveToVersionId=token,
        RemoveFromVersionId=current,
    )
