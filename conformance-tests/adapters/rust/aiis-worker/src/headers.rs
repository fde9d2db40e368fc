//! The JSON of headers. Unknown members, missing members and members given twice are refused.

use crate::frames::{take, Frame};
use crate::{Sut, Tensor};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// Element types of the protocol.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    Float32,
    Uint8,
    Int8,
    Uint16,
    Int16,
    Int32,
    Int64,
    String,
    Bool,
    Float16,
    Float64,
    Uint32,
    Uint64,
    Bfloat16,
    Float8e4m3fn,
    Float8e4m3fnuz,
    Float8e5m2,
    Float8e5m2fnuz,
    Float8e8m0,
    Float4e2m1,
    Uint4,
    Int4,
    Uint2,
    Int2,
}

impl Kind {
    /// Bytes of an element; 0 for strings.
    pub fn width(self) -> usize {
        match self {
            Kind::String => 0,
            Kind::Uint16 | Kind::Int16 | Kind::Float16 | Kind::Bfloat16 => 2,
            Kind::Float32 | Kind::Int32 | Kind::Uint32 => 4,
            Kind::Float64 | Kind::Int64 | Kind::Uint64 => 8,
            _ => 1,
        }
    }
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    r#type: Kind,
    shape: Vec<u32>,
    attachment: usize,
}

/// A map whose keys are all different.
pub struct Unique<V>(pub BTreeMap<String, V>);
pub type Feed = Unique<String>;

impl<V> Default for Unique<V> {
    fn default() -> Self {
        Unique(BTreeMap::new())
    }
}

impl<'de, V: Deserialize<'de>> Deserialize<'de> for Unique<V> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Members<V>(PhantomData<V>);
        impl<'de, V: Deserialize<'de>> Visitor<'de> for Members<V> {
            type Value = Unique<V>;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Unique<V>, M::Error> {
                let mut members = BTreeMap::new();
                while let Some((name, value)) = map.next_entry::<String, V>()? {
                    if members.insert(name, value).is_some() {
                        return Err(M::Error::custom("a member is given twice"));
                    }
                }
                Ok(Unique(members))
            }
        }
        from.deserialize_map(Members(PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Request {
    Describe {
        protocol: i64,
    },
    Load {
        model: String,
        bytes: usize,
        profiled: bool,
    },
    LoadFolder {
        model: String,
        path: String,
        #[serde(default)]
        files: Unique<usize>,
    },
    LoadPath {
        model: String,
        path: String,
        profiled: bool,
    },
    Put {
        tensor: String,
        value: Reference,
    },
    Run {
        model: String,
        #[serde(default)]
        inputs: Unique<Reference>,
        #[serde(default)]
        kept: Feed,
        #[serde(default)]
        keep: Feed,
        #[serde(default)]
        fetch: Vec<String>,
    },
    Get {
        tensor: String,
    },
    Drop {
        tensor: String,
    },
    Close {
        model: String,
    },
    Measure {
        #[serde(rename = "model")]
        _model: String,
        #[serde(default)]
        samples: Vec<Unique<Reference>>,
        #[serde(rename = "settings")]
        _settings: serde_json::Value,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Numbered {
    id: u64,
    request: Request,
}

/// `Err` where the header is not what the protocol says.
pub fn read(frame: Frame) -> Result<(u64, Request, Attachments), String> {
    let numbered: Numbered = serde_json::from_slice(&frame.header).map_err(|e| e.to_string())?;
    let left = frame.attachments.into_iter().map(Some).collect();
    Ok((numbered.id, numbered.request, Attachments { left }))
}

/// Hands each attachment out once.
pub struct Attachments {
    left: Vec<Option<Vec<u8>>>,
}

impl Attachments {
    pub fn bytes(&mut self, index: usize) -> Result<Vec<u8>, String> {
        let taken = self.left.get_mut(index).and_then(Option::take);
        taken.ok_or_else(|| format!("attachment {index} is not there, or used twice"))
    }

    pub fn tensor(&mut self, reference: Reference) -> Result<Tensor, String> {
        let kind = reference.r#type;
        let size = reference.shape.iter().try_fold(1_u64, |n, &extent| n.checked_mul(extent.into()));
        let size = size.filter(|&n| n < 1 << 31 && reference.shape.len() <= 64).ok_or("a tensor over the limits")? as usize;
        let mut data = self.bytes(reference.attachment)?;
        let mut strings = Vec::new();
        if kind == Kind::String {
            let mut left = &data[..];
            while !left.is_empty() {
                let text = std::str::from_utf8(take(&mut left, usize::MAX)?).map_err(|e| e.to_string())?;
                strings.push(text.to_owned());
            }
            data = Vec::new();
        }
        if strings.len() != if kind == Kind::String { size } else { 0 } || data.len() != size * kind.width() {
            return Err("a tensor that does not fit its attachment".into());
        }
        let shape = reference.shape.into_iter().map(|extent| extent as usize).collect();
        Ok(Tensor { kind, shape, data, strings })
    }

    pub fn all_used(&self) -> Result<(), String> {
        if self.left.iter().all(Option::is_none) {
            return Ok(());
        }
        Err("an attachment that nothing uses".into())
    }
}

#[derive(Serialize)]
pub struct Message {
    pub id: u64,
    pub answer: Answer,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Answer {
    Described { protocol: u32, sut: Described },
    Refused { message: String },
    Outputs { values: BTreeMap<String, Reference>, placement: Vec<Placement> },
    Rejected { phase: &'static str, code: String, message: String },
    NotDriven { reason: String },
}

#[derive(Serialize)]
pub struct Placement {
    pub node: String,
    pub state: &'static str,
    pub by: &'static str,
}

#[derive(Serialize)]
pub struct Described {
    name: &'static str,
    vendor: &'static str,
    version: &'static str,
    backend: &'static str,
    provider: &'static str,
    libraries: BTreeMap<String, String>,
    properties: BTreeMap<&'static str, String>,
}

impl Described {
    /// The runtime is linked into this program, so that the program's digest is the runtime's.
    pub fn of(sut: &Sut, steps: &'static str) -> Described {
        let program = std::env::current_exe().and_then(std::fs::read).unwrap_or_default();
        let digest = Sha256::digest(&program).iter().map(|b| format!("{b:02x}")).collect();
        Described {
            name: sut.name,
            vendor: sut.vendor,
            version: sut.version,
            backend: sut.name,
            provider: sut.provider,
            libraries: BTreeMap::from([(format!("aiis-{}", sut.name), digest)]),
            properties: sut.properties.iter().cloned().chain((!steps.is_empty()).then(|| ("steps", steps.into()))).collect(),
        }
    }
}

impl Answer {
    pub fn outputs(values: BTreeMap<String, Tensor>, placement: Vec<Placement>, sent: &mut Vec<Vec<u8>>) -> Answer {
        let mut references = BTreeMap::new();
        for (name, tensor) in values {
            let shape = tensor.shape.iter().map(|&extent| extent as u32).collect();
            references.insert(name, Reference { r#type: tensor.kind, shape, attachment: sent.len() });
            sent.push(content(tensor));
        }
        Answer::Outputs { values: references, placement }
    }
}

fn content(tensor: Tensor) -> Vec<u8> {
    if tensor.kind != Kind::String {
        return tensor.data;
    }
    let mut bytes = Vec::new();
    for text in tensor.strings {
        bytes.extend((text.len() as u32).to_le_bytes());
        bytes.extend(text.as_bytes());
    }
    bytes
}
