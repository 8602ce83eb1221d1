//! From a tree to a type. An error says what is meant by its path, as in `rooms[1].name`.

use std::fmt;
use std::{collections::btree_map, slice};

use serde::de::{
    self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::tree::{Item, Kind, Value};

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) path: String,
    pub(crate) why: Why,
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Why {
    Missing,
    Said(String),
}

impl Fault {
    fn under(mut self, step: &str) -> Fault {
        let joint = match self.path.as_str() {
            "" => "",
            path if path.starts_with('[') => "",
            _ => ".",
        };
        self.path = format!("{step}{joint}{}", self.path);
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.why {
            Why::Missing => write!(f, "`{}` is missing", self.path),
            Why::Said(why) => write!(f, "`{}`: {why}", self.path),
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(why: T) -> Fault {
        let (path, why) = (String::new(), Why::Said(why.to_string()));
        Fault { path, why }
    }

    fn missing_field(field: &'static str) -> Fault {
        let (path, why) = (field.to_owned(), Why::Missing);
        Fault { path, why }
    }
}

impl<'de> Deserializer<'de> for &Value {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.kind {
            Kind::Table(table) => visitor.visit_map(Entries {
                rest: table.iter(),
                next: None,
            }),
            Kind::List(items) => visitor.visit_seq(Items(items.iter())),
            Kind::Text(text) => visitor.visit_str(text),
            Kind::Integer(number) => visitor.visit_i64(*number),
            Kind::Float(number) => visitor.visit_f64(*number),
            Kind::Bool(is_so) => visitor.visit_bool(*is_so),
            Kind::Huge => Err(de::Error::custom("it is far too much")),
            Kind::Moment => Err(de::Error::custom("a date stands there")),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let text = self
            .text()
            .ok_or_else(|| de::Error::custom("a text is needed"))?;
        visitor.visit_enum(text.into_deserializer())
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct identifier ignored_any
    }
}

struct Entries<'a> {
    rest: btree_map::Iter<'a, String, Value>,
    next: Option<(&'a str, &'a Value)>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        self.next = self.rest.next().map(|(name, value)| (name.as_str(), value));
        self.next
            .map(|(name, _)| seed.deserialize(name.into_deserializer()))
            .transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let (name, value) = self
            .next
            .take()
            .ok_or_else(|| de::Error::custom("a value was asked for before its key"))?;
        seed.deserialize(value).map_err(|fault| fault.under(name))
    }
}

struct Items<'a>(slice::Iter<'a, Item>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(item) = self.0.next() else {
            return Ok(None);
        };
        let of_it = |fault: Fault| fault.under(&format!("[{}]", item.number));
        seed.deserialize(&item.value).map(Some).map_err(of_it)
    }
}
