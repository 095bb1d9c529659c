//! Keys that stand twice in one object of a config's text.
//!
//! JSON leaves open which of the two counts, and their author meant one; `serde_json` silently takes the last.

use super::overlay::below;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::fmt;

/// The path of the first key below `path` that stands twice; `None` where each stands once. No field holds objects in a list.
pub(super) fn first(text: &str, path: &str) -> Option<String> {
    let Entries(entries) = serde_json::from_str(text).ok()?; // a list, a text, a number: no keys
    let mut known = BTreeSet::new();
    entries.iter().find_map(|(key, value)| {
        let here = below(path, key);
        if known.insert(key) { first(value.get(), &here) } else { Some(here) }
    })
}

/// Every key of an object in the order of the text, with the text of its value.
struct Entries(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Entries;

            fn expecting(&self, to: &mut fmt::Formatter) -> fmt::Result {
                to.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                std::iter::from_fn(|| map.next_entry().transpose()).collect::<Result<_, _>>().map(Entries)
            }
        }
        from.deserialize_map(Each)
    }
}
