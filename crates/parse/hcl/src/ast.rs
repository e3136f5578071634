use bastide_source::{Diagnostic, Span};
use bastide_value::Number;

/// One parsed file: what could be parsed, and what could not.
#[derive(Debug)]
pub struct File<'a> {
    /// Attributes and blocks at the top level.
    pub body: Body<'a>,
    /// One diagnostic for each place that could not be parsed.
    pub diagnostics: Vec<Diagnostic>,
}

/// Attributes and blocks between braces, or of a whole file.
#[derive(Clone, Copy, Debug)]
pub struct Body<'a> {
    /// In the order in which they are written.
    pub items: &'a [Item<'a>],
    /// What lies between the braces.
    pub span: Span,
}

/// A part of a body.
#[derive(Clone, Copy, Debug)]
pub enum Item<'a> {
    /// `name = expression`
    Attribute(Attribute<'a>),
    /// `kind "label" { … }`
    Block(&'a Block<'a>),
}

/// `name = expression`
#[derive(Clone, Copy, Debug)]
pub struct Attribute<'a> {
    /// The name.
    pub name: Ident<'a>,
    /// The expression.
    pub expr: Expr<'a>,
}

/// `kind "label" { … }`
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// The block type: `resource`, `ingress`, …
    pub kind: Ident<'a>,
    /// The labels, quoted or not.
    pub labels: &'a [Label<'a>],
    /// What is between the braces.
    pub body: Body<'a>,
    /// From the block type to the closing brace.
    pub span: Span,
}

/// A label of a block.
#[derive(Clone, Copy, Debug)]
pub struct Label<'a> {
    /// Its text without quotes.
    pub text: &'a str,
    /// With quotes.
    pub span: Span,
}

/// A name with its place.
#[derive(Clone, Copy, Debug)]
pub struct Ident<'a> {
    /// The name.
    pub name: &'a str,
    /// Where it is written.
    pub span: Span,
}

/// An expression with its place.
#[derive(Clone, Copy, Debug)]
pub struct Expr<'a> {
    /// What it is.
    pub kind: ExprKind<'a>,
    /// Where it is written.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Copy, Debug)]
pub enum ExprKind<'a> {
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// `12`, `1.5e3`
    Number(Number),
    /// A quoted string or heredoc without interpolation.
    String(&'a str),
    /// A quoted string or heredoc with interpolations or directives.
    Template(&'a [Part<'a>]),
    /// The first name of a traversal: `var` in `var.region`.
    Variable(&'a str),
    /// `source.name`
    Get(&'a Expr<'a>, &'a Ident<'a>),
    /// `source[key]`; also the old form `source.0`
    Index(&'a Expr<'a>, &'a Expr<'a>),
    /// `source[*].rest`, `source.*.rest`: for each item of the first, the second, in which
    /// [`ExprKind::SplatItem`] is the item.
    Splat(&'a Expr<'a>, &'a Expr<'a>),
    /// The item inside of a splat.
    SplatItem,
    /// `name(arguments)`
    Call(&'a Call<'a>),
    /// `-x`, `!x`
    Unary(UnaryOp, &'a Expr<'a>),
    /// `x + y`
    Binary(BinaryOp, &'a Expr<'a>, &'a Expr<'a>),
    /// `condition ? yes : no`
    Conditional(&'a [Expr<'a>; 3]),
    /// `[a, b]`
    Tuple(&'a [Expr<'a>]),
    /// `{ a = b }`
    Object(&'a [ObjectItem<'a>]),
    /// `[for …]`, `{for …}`
    For(&'a For<'a>),
    /// `(x)`. Kept, because `(x)` as an object's key is the value of `x`, not its name.
    Parens(&'a Expr<'a>),
    /// An interpolation that could not be parsed. It has no value, but the text around it has.
    Invalid,
}

/// A call of a function.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The function's name, which may be `provider::aws::arn_parse`.
    pub name: Ident<'a>,
    /// The arguments.
    pub args: &'a [Expr<'a>],
    /// Whether the last argument is a list to spread: `f(list...)`.
    pub spread: bool,
}

/// One entry of an object constructor.
#[derive(Clone, Copy, Debug)]
pub struct ObjectItem<'a> {
    /// The key. A bare [`ExprKind::Variable`] stands for its own name.
    pub key: Expr<'a>,
    /// The value.
    pub value: Expr<'a>,
}

/// `[for key, value in collection : result if condition]` and its object form.
#[derive(Clone, Copy, Debug)]
pub struct For<'a> {
    /// The first of two names: key or index.
    pub key: Option<Ident<'a>>,
    /// The only or second name: the element.
    pub value: Ident<'a>,
    /// What is iterated over.
    pub collection: Expr<'a>,
    /// The key of each entry, if this makes an object.
    pub result_key: Option<Expr<'a>>,
    /// Each element or value.
    pub result: Expr<'a>,
    /// `if condition`
    pub condition: Option<Expr<'a>>,
    /// `...`: values of equal keys are gathered into lists.
    pub group: bool,
}

/// A part of a template.
#[derive(Clone, Copy, Debug)]
pub enum Part<'a> {
    /// Text, with escapes resolved, indentation and strip markers applied.
    Literal(&'a str),
    /// `${ expression }`
    Interpolation(Expr<'a>),
    /// `%{ if condition } yes %{ else } no %{ endif }`
    If(&'a IfDirective<'a>),
    /// `%{ for key, value in collection } body %{ endfor }`
    For(&'a ForDirective<'a>),
}

/// `%{ if condition } yes %{ else } no %{ endif }`
#[derive(Clone, Copy, Debug)]
pub struct IfDirective<'a> {
    /// The condition.
    pub condition: Expr<'a>,
    /// What holds if it is true.
    pub yes: &'a [Part<'a>],
    /// What holds if not.
    pub no: &'a [Part<'a>],
}

/// `%{ for key, value in collection } body %{ endfor }`
#[derive(Clone, Copy, Debug)]
pub struct ForDirective<'a> {
    /// The first of two names: key or index.
    pub key: Option<Ident<'a>>,
    /// The only or second name: the element.
    pub value: Ident<'a>,
    /// What is iterated over.
    pub collection: Expr<'a>,
    /// What is repeated.
    pub body: &'a [Part<'a>],
}

/// An operator with one operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    /// `-`
    Negate,
    /// `!`
    Not,
}

/// An operator with two operands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinaryOp {
    /// `||`
    Or,
    /// `&&`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Modulo,
}

impl<'a> Body<'a> {
    /// The attributes, in order.
    pub fn attributes(self) -> impl Iterator<Item = &'a Attribute<'a>> {
        self.items.iter().filter_map(|item| match item {
            Item::Attribute(attribute) => Some(attribute),
            Item::Block(_) => None,
        })
    }

    /// The blocks, in order.
    pub fn blocks(self) -> impl Iterator<Item = &'a Block<'a>> {
        self.items.iter().filter_map(|item| match item {
            Item::Attribute(_) => None,
            Item::Block(block) => Some(*block),
        })
    }

    /// The attribute of a name; the first, if it is repeated.
    pub fn attribute(self, name: &str) -> Option<&'a Attribute<'a>> {
        self.attributes()
            .find(|attribute| attribute.name.name == name)
    }

    /// The first block of a type.
    pub fn block(self, kind: &str) -> Option<&'a Block<'a>> {
        self.blocks().find(|block| block.kind.name == kind)
    }
}

impl<'a> Expr<'a> {
    /// The names of a plain traversal: `var.a.b` is `["var", "a", "b"]`. `None` for all else.
    pub fn path(&self) -> Option<Vec<&'a str>> {
        let mut names = Vec::new();
        let mut expr = self;
        loop {
            match &expr.kind {
                ExprKind::Variable(name) => {
                    names.push(*name);
                    names.reverse();
                    return Some(names);
                }
                ExprKind::Get(source, name) => {
                    names.push(name.name);
                    expr = source;
                }
                _ => return None,
            }
        }
    }

    /// The text, if this is a string without interpolation.
    pub fn as_str(&self) -> Option<&'a str> {
        match self.kind {
            ExprKind::String(text) => Some(text),
            _ => None,
        }
    }
}
