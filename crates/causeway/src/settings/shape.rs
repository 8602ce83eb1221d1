//! Asks a type that can be deserialised which keys it has, without a value of it.
//!
//! Serde tells a deserialiser what the type expects before anything is read. `Probe` walks down one path, notes
//! what is expected at its end, and gives up: so the keys of the adapters' own sections are known here too.

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess,
    Visitor,
};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    Table(&'static [&'static str]),
    List,
    Text,
    Integer,
    Float,
    Bool,
    OneOf(&'static [&'static str]),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expectation {
    pub(crate) shape: Shape,
    pub(crate) optional: bool,
}

/// The step of a path that goes into a list.
pub(crate) const EACH: &str = "[]";

/// What `T` expects at `path`, if it has such a place.
pub(crate) fn expected_at<T: DeserializeOwned>(path: &[&str]) -> Option<Expectation> {
    let mut found = None;
    let _ = T::deserialize(Probe {
        path,
        optional: false,
        found: &mut found,
    });
    found
}

struct Probe<'a> {
    path: &'a [&'a str],
    optional: bool,
    found: &'a mut Option<Expectation>,
}

/// The walk ends with it, always: there are no values here.
type Enough = de::value::Error;

impl Probe<'_> {
    fn note(self, shape: Shape) -> Enough {
        if self.path.is_empty() {
            *self.found = Some(Expectation {
                shape,
                optional: self.optional,
            });
        }
        de::Error::custom("enough")
    }

    fn further(self) -> Self {
        Probe {
            path: self.path.get(1..).unwrap_or_default(),
            optional: false,
            found: self.found,
        }
    }
}

macro_rules! expects {
    ($shape:expr; $($method:ident)+) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Enough> {
            Err(self.note($shape))
        }
    )+};
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Enough;

    expects! { Shape::Integer;
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
    }
    expects! { Shape::Float; deserialize_f32 deserialize_f64 }
    expects! { Shape::Bool; deserialize_bool }
    expects! { Shape::Text;
        deserialize_any deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_identifier deserialize_ignored_any deserialize_unit
    }
    expects! { Shape::Table(&[]); deserialize_map }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Enough> {
        visitor.visit_some(Probe {
            optional: true,
            ..self
        })
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Enough> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Enough> {
        match self.path.first() {
            Some(step) if fields.contains(step) => visitor.visit_map(self),
            Some(_) => Err(de::Error::custom("no such key")),
            None => Err(self.note(Shape::Table(fields))),
        }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Enough> {
        match self.path.first() {
            Some(step) if *step == EACH => visitor.visit_seq(self),
            Some(_) => Err(de::Error::custom("no such key")),
            None => Err(self.note(Shape::List)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Enough> {
        Err(self.note(Shape::OneOf(variants)))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Enough> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Enough> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Enough> {
        self.deserialize_unit(visitor)
    }
}

impl<'de> MapAccess<'de> for Probe<'_> {
    type Error = Enough;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Enough> {
        let step = self.path.first().copied().unwrap_or_default();
        seed.deserialize(step.into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Enough> {
        seed.deserialize(self.reborrow().further())
    }
}

impl<'de> SeqAccess<'de> for Probe<'_> {
    type Error = Enough;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Enough> {
        seed.deserialize(self.reborrow().further()).map(Some)
    }
}

impl Probe<'_> {
    fn reborrow(&mut self) -> Probe<'_> {
        Probe {
            path: self.path,
            optional: self.optional,
            found: self.found,
        }
    }
}
