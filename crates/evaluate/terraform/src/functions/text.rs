//! Texts.

use std::borrow::Cow;

use bastide_value::{Cause, Node, Value};
use regex::{Captures, Match, Regex, RegexBuilder};

use super::{Args, encoding};
use crate::convert;
use crate::evaluator::known;

type Result<'a> = std::result::Result<Value<'a>, Cause<'a>>;

pub(super) fn lower<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(args.text(0)?.to_lowercase()))
}

pub(super) fn upper<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(args.text(0)?.to_uppercase()))
}

/// Each word with a capital letter first.
pub(super) fn title<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut starts_word = true;
    let mut titled = String::new();
    for char in args.text(0)?.chars() {
        match starts_word {
            true => titled.extend(char.to_uppercase()),
            false => titled.push(char),
        }
        starts_word = !char.is_alphanumeric() && char != '_' && char != '\'';
    }
    Ok(args.give(titled))
}

pub(super) fn chomp<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(args.text(0)?.trim_end_matches(['\n', '\r'])))
}

pub(super) fn trim<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let cut = args.text(1)?;
    Ok(args.give(args.text(0)?.trim_matches(|char| cut.contains(char))))
}

pub(super) fn trim_space<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(args.text(0)?.trim()))
}

pub(super) fn trim_prefix<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (text, prefix) = (args.text(0)?, args.text(1)?);
    Ok(args.give(text.strip_prefix(&*prefix).unwrap_or(&text)))
}

pub(super) fn trim_suffix<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (text, suffix) = (args.text(0)?, args.text(1)?);
    Ok(args.give(text.strip_suffix(&*suffix).unwrap_or(&text)))
}

pub(super) fn starts_with<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(Value::Bool(args.text(0)?.starts_with(&*args.text(1)?)))
}

pub(super) fn ends_with<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(Value::Bool(args.text(0)?.ends_with(&*args.text(1)?)))
}

pub(super) fn contains<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(Value::Bool(args.text(0)?.contains(&*args.text(1)?)))
}

pub(super) fn reverse<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    Ok(args.give(args.text(0)?.chars().rev().collect::<String>()))
}

/// Replaces a text, or what matches a pattern between slashes.
pub(super) fn replace<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (text, pattern, with) = (args.text(0)?, args.text(1)?, args.text(2)?);
    match pattern
        .strip_prefix('/')
        .and_then(|pattern| pattern.strip_suffix('/'))
    {
        Some(pattern) => Ok(args.give(expression(pattern)?.replace_all(&text, &*with))),
        None => Ok(args.give(text.replace(&*pattern, &with))),
    }
}

/// The first match of a pattern: as a text, or with groups as a list, or with names as a map.
pub(super) fn regex<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (pattern, text) = (expression(&args.text(0)?)?, args.text(1)?);
    let found = pattern
        .captures(&text)
        .ok_or(Cause::Invalid("the pattern matches nothing"))?;
    Ok(matched(args, &pattern, &found))
}

/// All matches of a pattern.
pub(super) fn regex_all<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (pattern, text) = (expression(&args.text(0)?)?, args.text(1)?);
    let found = pattern
        .captures_iter(&text)
        .map(|found| matched(args, &pattern, &found));
    Ok(args.evaluator.list(found))
}

/// Terraform's regular expressions are those of RE2, and so, but for details, are these.
fn expression<'a>(pattern: &str) -> std::result::Result<Regex, Cause<'a>> {
    let built = RegexBuilder::new(pattern).size_limit(1 << 20).build();
    built.map_err(|_| Cause::Invalid("the pattern is no regular expression"))
}

fn matched<'a>(args: &Args<'_, 'a>, pattern: &Regex, found: &Captures<'_>) -> Value<'a> {
    let group = |group: Option<Match<'_>>| group.map_or(Value::Null, |it| args.give(it.as_str()));
    if pattern.capture_names().flatten().next().is_some() {
        let named = pattern.capture_names().flatten();
        let entries = named.map(|name| {
            (
                &*args.evaluator.arena.alloc_str(name),
                group(found.name(name)),
            )
        });
        return args.evaluator.map(entries);
    }
    match found.len() {
        1 => group(found.get(0)),
        _ => args.evaluator.list(found.iter().skip(1).map(group)),
    }
}

/// From a character on, so many characters; of a negative place from the end, of -1 all the rest.
pub(super) fn substr<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (text, offset, length) = (args.text(0)?, args.int(1)?, args.int(2)?);
    let count = text.chars().count() as i64;
    let start = if offset < 0 {
        (count + offset).max(0)
    } else {
        offset
    };
    let length = if length < 0 { count } else { length };
    let cut = text.chars().skip(start as usize).take(length as usize);
    Ok(args.give(cut.collect::<String>()))
}

/// Spaces before each line but the first.
pub(super) fn indent<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let spaces = usize::try_from(args.int(0)?)
        .ok()
        .filter(|spaces| *spaces <= 1000);
    let spaces = spaces.ok_or(Cause::Invalid("so many spaces cannot be put in"))?;
    Ok(args.give(
        args.text(1)?
            .replace('\n', &format!("\n{}", " ".repeat(spaces))),
    ))
}

pub(super) fn join<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let mut parts: Vec<Cow<'a, str>> = Vec::new();
    for index in 1..args.values.len() {
        for item in args.list(index)? {
            let text = convert::to_text(known(item.value)?);
            parts.push(text.ok_or(Cause::Invalid("an item is not a text"))?);
        }
    }
    Ok(args.give(parts.join(&*args.text(0)?)))
}

pub(super) fn split<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let (separator, text) = (args.text(0)?, args.text(1)?);
    let parts: Vec<Node<'a>> = match (&*separator, &*text) {
        ("", text) => text
            .chars()
            .map(|char| Node::from(args.give(char.to_string())))
            .collect(),
        (separator, text) => text
            .split(separator)
            .map(|part| Node::from(args.give(part)))
            .collect(),
    };
    Ok(args.give_list(&parts))
}

pub(super) fn to_text<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    match args.value(0)? {
        Value::Null => Ok(Value::Null),
        _ => Ok(args.give(args.text(0)?)),
    }
}

/// `format(spec, …)` with the verbs `%s`, `%d`, `%v`, `%q`, `%t`, `%f`, `%x`, `%o`, `%b`, `%e`,
/// `%g` and `%%`, flags `-`, `0`, `+`, width, precision and `%[n]`.
pub(super) fn format<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let spec = args.text(0)?;
    let mut made = String::new();
    let mut rest = &*spec;
    let mut next = 1;
    while let Some(at) = rest.find('%') {
        made.push_str(&rest[..at]);
        let verb = Verb::parse(&rest[at + 1..]);
        let verb = verb.ok_or(Cause::Invalid("a verb of the format is not known"))?;
        rest = &rest[at + 1 + verb.length..];
        if verb.letter == '%' {
            made.push('%');
            continue;
        }
        let index = verb.argument.unwrap_or(next);
        next = index + 1;
        made.push_str(&verb.show(args, index)?);
        if made.len() > 1 << 24 {
            return Err(Cause::Limit("the text grows too long"));
        }
    }
    made.push_str(rest);
    Ok(args.give(made))
}

/// `format` for each item of the lists among the arguments.
pub(super) fn format_list<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let lengths = args.values[1..]
        .iter()
        .filter_map(|value| value.as_list())
        .map(<[_]>::len);
    let length = lengths.max().unwrap_or(1);
    let mut texts = Vec::with_capacity(length);
    for index in 0..length {
        let mut values = Vec::with_capacity(args.values.len());
        for value in args.values {
            values.push(match value.as_list() {
                Some(items) => known(items.get(index).map_or(Value::Null, |item| item.value))?,
                None => *value,
            });
        }
        let one = Args {
            values: &values,
            evaluator: args.evaluator,
            module: args.module,
            span: args.span,
        };
        texts.push(Node::from(format(&one)?));
    }
    Ok(args.give_list(&texts))
}

/// The path without its last part.
pub(super) fn dirname<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let path = args.text(0)?;
    let folder = match path.trim_end_matches('/') {
        "" if !path.is_empty() => "/",
        path => path.rsplit_once('/').map_or(".", |(folder, _)| folder),
    };
    Ok(args.give(if folder.is_empty() { "/" } else { folder }))
}

/// The last part of a path.
pub(super) fn basename<'a>(args: &Args<'_, 'a>) -> Result<'a> {
    let path = args.text(0)?;
    let path = path.trim_end_matches('/');
    Ok(args.give(path.rsplit_once('/').map_or(path, |(_, name)| name)))
}

/// One `%…` of a format.
#[derive(Default)]
struct Verb {
    letter: char,
    length: usize,
    argument: Option<usize>,
    left: bool,
    zeros: bool,
    plus: bool,
    sharp: bool,
    width: usize,
    precision: Option<usize>,
}

impl Verb {
    fn parse(text: &str) -> Option<Self> {
        let mut verb = Self::default();
        let mut chars = text.chars().peekable();
        let number = |chars: &mut std::iter::Peekable<std::str::Chars<'_>>, length: &mut usize| {
            let mut value = 0usize;
            while let Some(digit) = chars.peek().and_then(|char| char.to_digit(10)) {
                value = value.saturating_mul(10).saturating_add(digit as usize);
                chars.next();
                *length += 1;
            }
            value.min(4096)
        };
        loop {
            match chars.peek()? {
                '-' => verb.left = true,
                '0' => verb.zeros = true,
                '+' => verb.plus = true,
                '#' => verb.sharp = true,
                ' ' => {}
                _ => break,
            }
            chars.next();
            verb.length += 1;
        }
        verb.width = number(&mut chars, &mut verb.length);
        if chars.next_if_eq(&'.').is_some() {
            verb.length += 1;
            verb.precision = Some(number(&mut chars, &mut verb.length));
        }
        if chars.next_if_eq(&'[').is_some() {
            verb.length += 1;
            verb.argument = Some(number(&mut chars, &mut verb.length));
            chars.next_if_eq(&']')?;
            verb.length += 1;
        }
        verb.letter = chars.next()?;
        verb.length += verb.letter.len_utf8();
        Some(verb)
    }

    fn show<'a>(
        &self,
        args: &Args<'_, 'a>,
        index: usize,
    ) -> std::result::Result<String, Cause<'a>> {
        let shown = match self.letter {
            's' => self.cut(&args.text(index)?),
            'v' => match args.value(index)? {
                Value::Null => "null".to_owned(),
                Value::String(text) if !self.sharp => text.to_owned(),
                value => encoding::json(value)?,
            },
            'q' => encoding::json(args.give(args.text(index)?))?,
            't' => args.text(index)?.into_owned(),
            'd' => {
                let whole = args.number(index)?.as_f64().trunc();
                let whole = convert::number(whole).to_string();
                if self.plus && !whole.starts_with('-') {
                    format!("+{whole}")
                } else {
                    whole
                }
            }
            'f' => format!(
                "{:.*}",
                self.precision.unwrap_or(6),
                args.number(index)?.as_f64()
            ),
            'e' | 'E' => self.scientific(args.number(index)?.as_f64()),
            'g' | 'G' => args.number(index)?.to_string(),
            'x' => format!("{:x}", args.int(index)?),
            'X' => format!("{:X}", args.int(index)?),
            'o' => format!("{:o}", args.int(index)?),
            'b' => format!("{:b}", args.int(index)?),
            _ => return Err(Cause::Invalid("a verb of the format is not known")),
        };
        Ok(self.pad(shown))
    }

    /// `1.234568e+04`: an exponent has a sign and at least two digits.
    fn scientific(&self, number: f64) -> String {
        let text = format!("{number:.*e}", self.precision.unwrap_or(6));
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (sign, digits) = match exponent.strip_prefix('-') {
            Some(digits) => ('-', digits),
            None => ('+', exponent),
        };
        format!("{mantissa}{}{sign}{digits:0>2}", self.letter)
    }

    fn cut(&self, text: &str) -> String {
        text.chars()
            .take(self.precision.unwrap_or(usize::MAX))
            .collect()
    }

    fn pad(&self, text: String) -> String {
        let missing = self.width.saturating_sub(text.chars().count());
        let digits = text.strip_prefix(['-', '+']).unwrap_or(&text);
        match (self.left, self.zeros) {
            (true, _) => format!("{text}{}", " ".repeat(missing)),
            (_, true) if self.letter != 's' => {
                let sign = &text[..text.len() - digits.len()];
                format!("{sign}{}{digits}", "0".repeat(missing))
            }
            _ => format!("{}{text}", " ".repeat(missing)),
        }
    }
}
