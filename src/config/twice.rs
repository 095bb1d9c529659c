//! Keys that stand twice in one object of a config's text.
//!
//! JSON leaves open which of the two counts, and whoever wrote them meant one. Text that a person wrote is read natively; what
//! the page hands to the engine was written by the browser, which cannot repeat a key.

use super::overlay::below;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;

/// The path of the first key that stands twice; `None` where each stands once, or where the text is no JSON.
pub(super) fn first(text: &str) -> Option<String> {
    let found = RefCell::new(None);
    let at = At {
        path: String::new(),
        found: &found,
    };
    let _ = at.deserialize(&mut serde_json::Deserializer::from_str(text));
    found.into_inner()
}

/// Where the reader is; it stops at what it finds.
struct At<'a> {
    path: String,
    found: &'a RefCell<Option<String>>,
}

impl At<'_> {
    fn below(&self, key: &str) -> Self {
        At {
            path: below(&self.path, key),
            found: self.found,
        }
    }
}

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = ();

    fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
        to.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut keys = BTreeSet::new();
        while let Some(key) = map.next_key::<String>()? {
            let here = self.below(&key);
            if !keys.insert(key) {
                *self.found.borrow_mut() = Some(here.path);
                return Err(A::Error::custom("found"));
            }
            map.next_value_seed(here)?;
        }
        Ok(())
    }

    /// No field holds objects in a list.
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
