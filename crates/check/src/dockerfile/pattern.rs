//! What an instruction must not hold: options of programs, and variables.

use bastide_dockerfile::Instruction;

/// What an instruction must not hold.
#[derive(Clone, Copy, Debug)]
pub enum Pattern {
    /// A program that is run with one of these options. Programs and options are given as they
    /// begin, so that `pip` is also `pip3`.
    Option {
        /// The programs.
        programs: &'static [&'static str],
        /// The options, with their dashes.
        options: &'static [&'static str],
    },
    /// A variable that is given one of these values, or any if none is listed.
    Variable {
        /// The variable, as it may be spelt.
        names: &'static [&'static str],
        /// The values, without quotes.
        values: &'static [&'static str],
    },
    /// Whatever this finds in the instruction's value.
    Command(fn(&str) -> Option<&str>),
}

impl Pattern {
    /// The first part of the instruction's value that is as it must not be.
    pub(crate) fn find<'a>(&self, instruction: &Instruction<'a>) -> Option<&'a str> {
        let value = instruction.value;
        match self {
            Self::Option { programs, options } => arguments(value, programs)
                .find(|word| options.iter().any(|option| word.starts_with(option))),
            Self::Variable { names, values } => names.iter().find_map(|name| match values {
                [] => set_to_anything(value, name, instruction.keyword == "RUN"),
                values => set_to(value, name, values, instruction.keyword == "RUN"),
            }),
            Self::Command(find) => find(value),
        }
    }
}

/// The words after each name of a program, up to the end of its command.
pub(super) fn arguments<'a>(
    text: &'a str,
    programs: &[&'static str],
) -> impl Iterator<Item = &'a str> {
    programs.iter().flat_map(move |program| {
        let calls = text.match_indices(program);
        calls.flat_map(move |(at, _)| {
            let rest = &text[at + program.len()..];
            let end = rest.find(['|', '&', ';']).unwrap_or(rest.len());
            // What is left of the program's own word is no argument.
            let start = rest[..end].find(char::is_whitespace).unwrap_or(end);
            rest[start..end].split_whitespace()
        })
    })
}

/// `NAME=value`; in `ENV` and `ARG` also `NAME value`.
fn set_to_anything<'a>(text: &'a str, name: &str, in_shell: bool) -> Option<&'a str> {
    assignments(text, name, in_shell)
        .find(|(_, value)| !value.is_empty() && !value.starts_with(char::is_whitespace))
        .map(|(assignment, value)| &assignment[..assignment.len() - value.len()])
}

/// `NAME=value`, followed by a command if this is one; in `ENV` and `ARG` also `NAME value`.
fn set_to<'a>(text: &'a str, name: &str, values: &[&str], in_shell: bool) -> Option<&'a str> {
    let is_value = |text: &str| {
        values.iter().any(|value| {
            ["", "'", "\""].iter().any(|quote| {
                let rest = text
                    .strip_prefix(quote)
                    .and_then(|text| text.strip_prefix(value))
                    .and_then(|text| text.strip_prefix(quote));
                rest.is_some_and(|rest| !in_shell || rest.starts_with(' '))
            })
        })
    };
    assignments(text, name, in_shell)
        .find(|(_, value)| is_value(value))
        .map(|(assignment, value)| &assignment[..assignment.len() - value.len()])
}

/// Where a variable is set: the text from its name on, and the text from its value on.
fn assignments<'a>(
    text: &'a str,
    name: &str,
    in_shell: bool,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    text.match_indices(name).filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back();
        let starts =
            before.is_none_or(|c| c.is_whitespace() || (in_shell && matches!(c, ';' | '&' | '|')));
        let assignment = &text[at..];
        let rest = &assignment[name.len()..];
        let spaced = || {
            let value = rest.trim_start();
            (!in_shell && value.len() < rest.len()).then_some(value)
        };
        let value = rest.strip_prefix('=').or_else(spaced)?;
        starts.then_some((assignment, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_belongs_to_its_command() {
        let words = |text| arguments(text, &["curl"]).collect::<Vec<_>>();
        assert_eq!(words("curl -sk https://a"), ["-sk", "https://a"]);
        assert_eq!(words("curl-config --insecure && x"), ["--insecure"]);
        assert_eq!(words("curl https://a | sh -k"), ["https://a"]);
        assert_eq!(words("wget -k"), [""; 0]);
    }

    #[test]
    fn variables_in_a_shell() {
        let set = |text| set_to(text, "V", &["0", "false"], true);
        assert_eq!(set("V=0 npm ci"), Some("V="));
        assert_eq!(set("true && V='false' npm ci"), Some("V="));
        for text in ["V=0", "V=01 npm ci", "V 0 npm ci", "XV=0 npm ci", "echo $V"] {
            assert_eq!(set(text), None, "{text}");
        }
    }

    #[test]
    fn variables_of_the_image() {
        assert_eq!(set_to("A=1 V=0", "V", &["0"], false), Some("V="));
        assert_eq!(set_to("V  \"0\"", "V", &["0"], false), Some("V  "));
        assert_eq!(set_to("V=1", "V", &["0"], false), None);
        assert_eq!(set_to_anything("V=x", "V", false), Some("V="));
        assert_eq!(set_to_anything("V", "V", false), None);
        assert_eq!(set_to_anything("export V=x", "V", true), Some("V="));
    }
}
