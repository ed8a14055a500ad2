//! Ids: `[A-Za-z0-9._-]{1,64}`, one Rust type a kind of thing, so that they can't be mixed up.

use std::borrow::Borrow;
use std::fmt;
use std::rc::Rc;

/// Whether `text` can be an id: 1 to 64 characters out of `[A-Za-z0-9._-]`.
pub fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Rc<str>);

        impl $name {
            /// `None` when `text` is outside the grammar of ids.
            pub fn new(text: &str) -> Option<Self> {
                is_id(text).then(|| Self(text.into()))
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, formatter)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(/** Names an annotation; new ones are UUIDv7. */ AnnotationId);
id!(/** Names an annotator. */ AnnotatorId);
id!(/** Names an article; imported ones are `a-` and 16 hex digits of the text's SHA-256. */ ArticleId);
id!(/** Names an attribute of a type. */ AttributeId);
id!(/** Names an entity. */ EntityId);
id!(/** Names an option of a choice attribute. */ OptionId);
id!(/** Names a project. */ ProjectId);
id!(/** Names a role of a type. */ RoleId);
id!(/** Names a scheme. */ SchemeId);
id!(/** Names a type of the scheme. */ TypeId);

impl EntityId {
    /// The article's own voice, an entity that every project has.
    pub fn author() -> Self {
        Self("author".into())
    }

    pub fn is_author(&self) -> bool {
        self.as_str() == "author"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_1_to_64_of_letters_digits_dot_underscore_hyphen() {
        assert!(is_id("a") && is_id("0193.A_b-c") && is_id(&"x".repeat(64)));
        for bad in ["", "a b", "ä", "a/b", "a\n", &"x".repeat(65)] {
            assert!(!is_id(bad), "{bad:?}");
        }
    }
}
