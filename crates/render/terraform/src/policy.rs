//! IAM policies: what who may do to what, and on what condition.

use crate::hcl::{Value, call, list, object, r, t};

/// One statement.
#[derive(Clone, Debug)]
pub(crate) struct Statement {
    effect: &'static str,
    actions: Vec<Value>,
    resources: Vec<Value>,
    principal: Option<Value>,
    conditions: Vec<(&'static str, String, Value)>,
}

pub(crate) fn allow<const N: usize>(actions: [&'static str; N]) -> Statement {
    Statement {
        effect: "Allow",
        actions: actions.into_iter().map(Value::from).collect(),
        resources: Vec::new(),
        principal: None,
        conditions: Vec::new(),
    }
}

/// As [`allow`], with actions that somebody else names.
pub(crate) fn allow_named(actions: &[String]) -> Statement {
    Statement {
        actions: actions.iter().map(Value::from).collect(),
        ..allow([])
    }
}

pub(crate) fn deny<const N: usize>(actions: [&'static str; N]) -> Statement {
    Statement {
        effect: "Deny",
        ..allow(actions)
    }
}

impl Statement {
    pub(crate) fn on<V: Into<Value>>(mut self, resources: impl IntoIterator<Item = V>) -> Self {
        self.resources = resources.into_iter().map(Into::into).collect();
        self
    }

    /// An AWS service.
    pub(crate) fn service(mut self, name: impl Into<Value>) -> Self {
        self.principal = Some(object([("Service", name.into())]));
        self
    }

    /// Everybody, or whom the conditions leave.
    pub(crate) fn anybody(mut self) -> Self {
        self.principal = Some("*".into());
        self
    }

    pub(crate) fn aws(mut self, principal: impl Into<Value>) -> Self {
        self.principal = Some(object([("AWS", principal.into())]));
        self
    }

    pub(crate) fn when(
        mut self,
        operator: &'static str,
        key: impl Into<String>,
        value: impl Into<Value>,
    ) -> Self {
        self.conditions.push((operator, key.into(), value.into()));
        self
    }

    /// Only for this account, so that no other can use the service to reach in.
    pub(crate) fn of_this_account(self) -> Self {
        self.when("StringEquals", "aws:SourceAccount", r("local.account"))
    }

    fn value(self) -> Value {
        let mut entries = vec![("Effect", Value::from(self.effect))];
        if let Some(principal) = self.principal {
            entries.push(("Principal", principal));
        }
        entries.push(("Action", one_or_all(self.actions)));
        if !self.resources.is_empty() {
            entries.push(("Resource", one_or_all(self.resources)));
        }
        let mut operators: Vec<&'static str> = self.conditions.iter().map(|it| it.0).collect();
        operators.dedup();
        if !operators.is_empty() {
            let of = |operator: &str| {
                let own = self.conditions.iter().filter(|it| it.0 == operator);
                object(own.map(|it| (it.1.clone(), it.2.clone())))
            };
            entries.push((
                "Condition",
                object(operators.iter().map(|it| (*it, of(it)))),
            ));
        }
        object(entries)
    }
}

fn one_or_all(mut values: Vec<Value>) -> Value {
    if values.len() == 1 {
        values.remove(0)
    } else {
        list(values)
    }
}

/// A policy document, as JSON.
pub(crate) fn policy(statements: impl IntoIterator<Item = Statement>) -> Value {
    call(
        "jsonencode",
        [object([
            ("Version", Value::from("2012-10-17")),
            (
                "Statement",
                list(statements.into_iter().map(Statement::value)),
            ),
        ])],
    )
}

/// Who may assume a role: one service, for this account.
pub(crate) fn trust(service: &'static str) -> Value {
    policy([allow(["sts:AssumeRole"]).service(service).of_this_account()])
}

/// Who may assume the role of a pod: EKS, for one service account of one cluster.
pub(crate) fn trust_pod(namespace: &str, service_account: &str) -> Value {
    policy([allow(["sts:AssumeRole", "sts:TagSession"])
        .service("pods.eks.amazonaws.com")
        .when("StringEquals", "aws:SourceAccount", r("local.account"))
        .when(
            "StringEquals",
            "aws:RequestTag/eks-cluster-name",
            r("local.cluster"),
        )
        .when(
            "StringEquals",
            "aws:RequestTag/kubernetes-namespace",
            namespace,
        )
        .when(
            "StringEquals",
            "aws:RequestTag/kubernetes-service-account",
            service_account,
        )])
}

/// The ARN of a policy that AWS keeps.
pub(crate) fn managed(path: &str) -> Value {
    t(format!("arn:${{local.partition}}:iam::aws:policy/{path}"))
}
