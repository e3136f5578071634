//! Expressions, by precedence climbing.

use bastide_value::Number;

use crate::cursor::{Parser, Result, take};
use crate::{BinaryOp, Call, Expr, ExprKind, For, Ident, MAX_CHAIN, ObjectItem, UnaryOp};

impl<'a> Parser<'a> {
    /// A whole expression: operators, and the conditional that binds weaker than all of them.
    pub(crate) fn expression(&mut self) -> Result<Expr<'a>> {
        let condition = self.binary(0)?;
        self.skip();
        if self.peek() != b'?' {
            return Ok(condition);
        }
        self.pos += 1;
        self.nested(|parser| {
            parser.skip_lines();
            let yes = parser.expression()?;
            parser.skip_lines();
            parser.expect(":", "`:` of the conditional")?;
            parser.skip_lines();
            let no = parser.expression()?;
            let span = condition.span.to(no.span);
            let kind = ExprKind::Conditional(parser.arena.alloc([condition, yes, no]));
            Ok(Expr { kind, span })
        })
    }

    /// An expression of any number of lines, and nothing after it.
    pub(crate) fn whole_expression(&mut self) -> Result<Expr<'a>> {
        let expr = self.lines_as_space(true, Self::expression)?;
        self.skip_lines();
        if self.at_end() {
            Ok(expr)
        } else {
            Err(self.expected("the end of the expression"))
        }
    }

    /// Operands joined by operators that bind at least as strongly as `level`.
    fn binary(&mut self, level: u8) -> Result<Expr<'a>> {
        let mut left = self.unary()?;
        let mut chain = 0;
        while let Some((op, strength)) = self.peek_operator() {
            if strength < level {
                break;
            }
            self.lengthen(&mut chain)?;
            self.pos += op.symbol().len();
            self.skip_lines();
            let right = self.nested(|parser| parser.binary(strength + 1))?;
            let span = left.span.to(right.span);
            let kind = ExprKind::Binary(op, self.arena.alloc(left), self.arena.alloc(right));
            left = Expr { kind, span };
        }
        Ok(left)
    }

    /// The operator here and how strongly it binds.
    fn peek_operator(&mut self) -> Option<(BinaryOp, u8)> {
        self.skip();
        use BinaryOp::*;
        Some(match (self.peek(), self.peek_at(1)) {
            (b'|', b'|') => (Or, 0),
            (b'&', b'&') => (And, 1),
            (b'=', b'=') => (Equal, 2),
            (b'!', b'=') => (NotEqual, 2),
            (b'<', b'=') => (LessOrEqual, 3),
            (b'<', _) => (Less, 3),
            (b'>', b'=') => (GreaterOrEqual, 3),
            (b'>', _) => (Greater, 3),
            (b'+', _) => (Add, 4),
            (b'-', _) => (Subtract, 4),
            (b'*', _) => (Multiply, 5),
            (b'/', _) => (Divide, 5),
            (b'%', _) => (Modulo, 5),
            _ => return None,
        })
    }

    fn unary(&mut self) -> Result<Expr<'a>> {
        self.skip();
        let start = self.pos;
        let op = match self.peek() {
            b'-' => UnaryOp::Negate,
            b'!' => UnaryOp::Not,
            _ => return self.term(),
        };
        self.pos += 1;
        let operand = self.nested(Self::unary)?;
        let kind = ExprKind::Unary(op, self.arena.alloc(operand));
        Ok(Expr {
            kind,
            span: self.since(start),
        })
    }

    /// An operand with what is read out of it: `a.b[0].*.c`.
    fn term(&mut self) -> Result<Expr<'a>> {
        let mut expr = self.primary()?;
        let mut chain = 0;
        while let Some(longer) = self.traversal(expr, true)? {
            expr = longer;
            self.lengthen(&mut chain)?;
        }
        Ok(expr)
    }

    /// Counts one more link of a chain, unless it is too long.
    fn lengthen(&self, chain: &mut u32) -> Result<()> {
        *chain += 1;
        if *chain <= MAX_CHAIN {
            return Ok(());
        }
        let message = format!("a chain of more than {MAX_CHAIN} operators or steps is too long");
        Err(self.error(
            self.pos,
            message,
            "split the expression, for example with `locals`",
        ))
    }

    /// One step from `source`, if one is written here.
    fn traversal(&mut self, source: Expr<'a>, splats: bool) -> Result<Option<Expr<'a>>> {
        match (self.peek(), self.peek_at(1)) {
            (b'.', b'*') if splats => {
                self.pos += 2;
                self.splat(source, false).map(Some)
            }
            (b'.', b'0'..=b'9') => {
                self.pos += 1;
                let key = self.legacy_index();
                let kind = ExprKind::Index(self.arena.alloc(source), self.arena.alloc(key));
                Ok(Some(Expr {
                    kind,
                    span: source.span.to(self.here()),
                }))
            }
            (b'.', b'.' | b'*') => Ok(None),
            (b'.', _) => {
                self.pos += 1;
                self.skip_lines();
                let Some(name) = self.identifier() else {
                    return Err(self.expected("an attribute's name"));
                };
                let kind = ExprKind::Get(self.arena.alloc(source), self.arena.alloc(name));
                Ok(Some(Expr {
                    kind,
                    span: source.span.to(self.here()),
                }))
            }
            (b'[', _) if self.is_full_splat() => {
                if !splats {
                    return Ok(None);
                }
                self.skip_full_splat();
                self.splat(source, true).map(Some)
            }
            (b'[', _) => {
                self.pos += 1;
                let key = self.nested(|parser| {
                    parser.lines_as_space(true, |parser| {
                        let key = parser.expression()?;
                        parser.expect("]", "`]`")?;
                        Ok(key)
                    })
                })?;
                let kind = ExprKind::Index(self.arena.alloc(source), self.arena.alloc(key));
                Ok(Some(Expr {
                    kind,
                    span: source.span.to(self.here()),
                }))
            }
            _ => Ok(None),
        }
    }

    fn is_full_splat(&self) -> bool {
        let inside = self.rest()[1..].trim_start_matches([' ', '\t']);
        inside.starts_with('*') && inside[1..].trim_start_matches([' ', '\t']).starts_with(']')
    }

    fn skip_full_splat(&mut self) {
        let close = self.rest().find(']').unwrap_or(0);
        self.pos += close + 1;
    }

    /// The rest of a splat. `[*]` takes names and indices with it, `.*` names alone.
    fn splat(&mut self, source: Expr<'a>, full: bool) -> Result<Expr<'a>> {
        let mut each = Expr {
            kind: ExprKind::SplatItem,
            span: source.span,
        };
        let mut chain = 0;
        while full || self.peek() == b'.' {
            match self.traversal(each, false)? {
                Some(longer) => each = longer,
                None => break,
            }
            self.lengthen(&mut chain)?;
        }
        let kind = ExprKind::Splat(self.arena.alloc(source), self.arena.alloc(each));
        Ok(Expr {
            kind,
            span: source.span.to(self.here()),
        })
    }

    /// `0` in `list.0`: digits alone, so that `list.0.1` is two steps.
    fn legacy_index(&mut self) -> Expr<'a> {
        let start = self.pos;
        let digits = self.rest().bytes().take_while(u8::is_ascii_digit).count();
        let index = self.rest()[..digits].parse().unwrap_or(i64::MAX);
        self.pos += digits;
        Expr {
            kind: ExprKind::Number(Number::Int(index)),
            span: self.since(start),
        }
    }

    fn primary(&mut self) -> Result<Expr<'a>> {
        self.skip();
        let start = self.pos;
        let kind = match self.peek() {
            b'"' => self.quoted()?,
            b'0'..=b'9' => self.number(),
            b'(' => self.parens()?,
            b'[' => self.nested(Self::tuple)?,
            b'{' => self.nested(Self::object)?,
            b'<' if self.peek_at(1) == b'<' => self.heredoc()?,
            _ => match self.identifier() {
                Some(name) => self.named(name)?,
                None => return Err(self.expected("an expression")),
            },
        };
        Ok(Expr {
            kind,
            span: self.since(start),
        })
    }

    fn number(&mut self) -> ExprKind<'a> {
        let bytes = self.bytes();
        let digits = |from: usize| {
            bytes[from..]
                .iter()
                .take_while(|b| b.is_ascii_digit())
                .count()
        };
        let at = |index: usize| bytes.get(index).copied().unwrap_or(0);
        let mut length = digits(0);
        if at(length) == b'.' && at(length + 1).is_ascii_digit() {
            length += 1 + digits(length + 1);
        }
        if matches!(at(length), b'e' | b'E') {
            let sign = usize::from(matches!(at(length + 1), b'+' | b'-'));
            if at(length + 1 + sign).is_ascii_digit() {
                length += 1 + sign + digits(length + 1 + sign);
            }
        }
        let text = &self.rest()[..length];
        self.pos += length;
        ExprKind::Number(text.parse().map_or_else(
            |_| Number::Float(text.parse().unwrap_or(f64::MAX)),
            Number::Int,
        ))
    }

    fn parens(&mut self) -> Result<ExprKind<'a>> {
        self.pos += 1;
        let inner = self.nested(|parser| {
            parser.lines_as_space(true, |parser| {
                let inner = parser.expression()?;
                parser.expect(")", "`)`")?;
                Ok(inner)
            })
        })?;
        Ok(ExprKind::Parens(self.arena.alloc(inner)))
    }

    /// What a name starts: a literal word, a function call, or a variable.
    fn named(&mut self, name: Ident<'a>) -> Result<ExprKind<'a>> {
        let name = self.namespaced(name);
        if self.peek() == b'(' {
            self.pos += 1;
            return self.nested(|parser| parser.call(name));
        }
        Ok(match name.name {
            "null" => ExprKind::Null,
            "true" => ExprKind::Bool(true),
            "false" => ExprKind::Bool(false),
            name => ExprKind::Variable(name),
        })
    }

    /// `provider::aws::arn_parse`, if `::` follows.
    fn namespaced(&mut self, first: Ident<'a>) -> Ident<'a> {
        let start = self.pos - first.name.len();
        let mut end = self.pos;
        while self.eat("::") {
            match self.identifier() {
                Some(_) => end = self.pos,
                None => break,
            }
        }
        Ident {
            name: &self.text[start..end],
            span: self.span(start, end),
        }
    }

    fn call(&mut self, name: Ident<'a>) -> Result<ExprKind<'a>> {
        self.lines_as_space(true, |parser| {
            let mark = parser.exprs.len();
            let mut spread = false;
            loop {
                parser.skip();
                if parser.eat(")") {
                    break;
                }
                let arg = parser.expression()?;
                parser.exprs.push(arg);
                parser.skip();
                spread = parser.eat("...");
                parser.skip();
                if !parser.eat(",") {
                    parser.expect(")", "`,` or `)`")?;
                    break;
                }
            }
            let args = take(parser.arena, &mut parser.exprs, mark);
            Ok(ExprKind::Call(parser.arena.alloc(Call {
                name,
                args,
                spread,
            })))
        })
    }

    fn tuple(&mut self) -> Result<ExprKind<'a>> {
        self.pos += 1;
        self.lines_as_space(true, |parser| {
            if let Some(for_expr) = parser.for_expression("]")? {
                return Ok(for_expr);
            }
            let mark = parser.exprs.len();
            loop {
                parser.skip();
                if parser.eat("]") {
                    break;
                }
                let item = parser.expression()?;
                parser.exprs.push(item);
                parser.skip();
                if !parser.eat(",") {
                    parser.expect("]", "`,` or `]`")?;
                    break;
                }
            }
            Ok(ExprKind::Tuple(take(parser.arena, &mut parser.exprs, mark)))
        })
    }

    fn object(&mut self) -> Result<ExprKind<'a>> {
        self.pos += 1;
        if let Some(for_expr) = self.lines_as_space(true, |parser| parser.for_expression("}"))? {
            return Ok(for_expr);
        }
        self.lines_as_space(false, |parser| {
            let mark = parser.object_items.len();
            loop {
                parser.skip_lines();
                match parser.peek() {
                    b'}' => break,
                    b',' => parser.pos += 1,
                    _ if parser.at_end() => return Err(parser.expected("`}`")),
                    _ => {
                        let item = parser.object_item()?;
                        parser.object_items.push(item);
                    }
                }
            }
            parser.pos += 1;
            Ok(ExprKind::Object(take(
                parser.arena,
                &mut parser.object_items,
                mark,
            )))
        })
    }

    /// `key = value` or `key : value`. A block inside of an object is not HCL, but occurs: its
    /// body is taken as an object.
    fn object_item(&mut self) -> Result<ObjectItem<'a>> {
        let key = self.expression()?;
        self.skip();
        if !self.eat("=") && !self.eat(":") && self.peek() != b'{' {
            return Err(self.expected("`=` or `:` after the key"));
        }
        self.skip_lines();
        let value = self.expression()?;
        Ok(ObjectItem { key, value })
    }

    /// A `for` expression up to and with its closing bracket, if one starts here.
    fn for_expression(&mut self, close: &str) -> Result<Option<ExprKind<'a>>> {
        self.skip();
        let before = self.pos;
        if self.identifier().is_none_or(|word| word.name != "for") {
            self.pos = before;
            return Ok(None);
        }
        // `for` may also be a plain key: `{ for = 1 }`, `{ for : 1 }`.
        self.skip();
        if matches!(
            self.peek(),
            b'=' | b':' | b',' | b'.' | b'[' | b']' | b'}' | b'('
        ) {
            self.pos = before;
            return Ok(None);
        }
        let (key, value, collection) = self.for_intro()?;
        self.expect(":", "`:` after the collection")?;
        let mut result = self.expression()?;
        let mut result_key = None;
        if close == "}" {
            self.expect("=>", "`=>` after the key")?;
            result_key = Some(result);
            result = self.expression()?;
        }
        self.skip();
        let group = self.eat("...");
        self.skip();
        let condition = if self.eat_word("if") {
            Some(self.expression()?)
        } else {
            None
        };
        self.expect(close, &format!("`if` or `{close}`"))?;
        let parts = For {
            key,
            value,
            collection,
            result_key,
            result,
            condition,
            group,
        };
        Ok(Some(ExprKind::For(self.arena.alloc(parts))))
    }

    /// `key, value in collection`, of expressions and directives alike.
    pub(crate) fn for_intro(&mut self) -> Result<(Option<Ident<'a>>, Ident<'a>, Expr<'a>)> {
        let first = self.for_name()?;
        self.skip();
        let (key, value) = if self.eat(",") {
            (Some(first), self.for_name()?)
        } else {
            (None, first)
        };
        self.skip();
        if !self.eat_word("in") {
            return Err(self.expected("`in`"));
        }
        Ok((key, value, self.expression()?))
    }

    fn for_name(&mut self) -> Result<Ident<'a>> {
        self.skip();
        self.identifier().ok_or_else(|| self.expected("a name"))
    }

    /// Takes a word if it stands here whole.
    pub(crate) fn eat_word(&mut self, word: &str) -> bool {
        let before = self.pos;
        let here = self.identifier().is_some_and(|found| found.name == word);
        if !here {
            self.pos = before;
        }
        here
    }
}

impl BinaryOp {
    /// How the operator is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
        }
    }
}
