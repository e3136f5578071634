"""The guards that the server has."""

from guardrails import Guard
from guardrails.validator_base import FailResult, PassResult, Validator, register_validator

from personal import without


@register_validator(name="platform/detect-pii", data_type="string")
class DetectPii(Validator):
    """Fails on addresses of people and machines; the fix is the text without them."""

    def _validate(self, value, metadata):
        left = without(value)
        if left == value:
            return PassResult()
        return FailResult(error_message="the text has addresses of people or machines in it", fix_value=left)


detect_pii = Guard(name="detect-pii", description="Takes out addresses of people and machines.")
detect_pii.use(DetectPii(on_fail="fix"))
