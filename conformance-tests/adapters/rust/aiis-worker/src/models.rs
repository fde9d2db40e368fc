//! What an adapter has to know of an ONNX model and a runtime may not tell: names and declared element types.
//! Fields by number, from ONNX's onnx.proto.

use std::collections::HashSet;

/// Of a graph, in the order of the model.
#[derive(Default)]
pub struct Outline {
    /// Without those that have an initializer.
    pub inputs: Vec<Value>,
    pub outputs: Vec<Value>,
    pub nodes: Vec<Node>,
}

pub struct Node {
    /// An unnamed node is `#i/Op`.
    pub name: String,
    /// Whether it depends on an input, or is random: a runtime cannot have computed it at load.
    pub varies: bool,
}

pub struct Value {
    pub name: String,
    /// TensorProto.DataType; 0 where the value is no tensor, or is not declared.
    pub elements: u64,
}

const RANDOM: [&str; 7] = [
    "RandomNormal",
    "RandomNormalLike",
    "RandomUniform",
    "RandomUniformLike",
    "Bernoulli",
    "Multinomial",
    "Dropout",
];

impl Outline {
    /// `None` where the bytes are no model.
    pub fn of(model: &[u8]) -> Option<Outline> {
        let graph = fields(first(&fields(model)?, 7)?)?;
        let initialised: HashSet<_> = all(&graph, 5).map(|tensor| Some(text(&fields(tensor)?, 8))).collect::<Option<_>>()?;
        let mut inputs = all(&graph, 11).map(value).collect::<Option<Vec<_>>>()?;
        inputs.retain(|input| !initialised.contains(&input.name));
        let outputs = all(&graph, 12).map(value).collect::<Option<_>>()?;
        let mut varying: HashSet<_> = inputs.iter().map(|input| input.name.clone()).collect();
        let mut nodes = Vec::new();
        for (position, content) in all(&graph, 1).enumerate() {
            let node = fields(content)?;
            let operator = text(&node, 4);
            let varies = RANDOM.contains(&&operator[..]) || used(&node)?.iter().any(|name| varying.contains(name));
            if varies {
                varying.extend(all(&node, 2).map(lossy));
            }
            let name = Some(text(&node, 3)).filter(|name| !name.is_empty());
            nodes.push(Node { name: name.unwrap_or_else(|| format!("#{position}/{operator}")), varies });
        }
        Some(Outline { inputs, outputs, nodes })
    }
}

/// What a node reads, with what the graphs in its attributes read from outside.
fn used(node: &[(u64, Field)]) -> Option<Vec<String>> {
    let mut names: Vec<_> = all(node, 1).map(lossy).collect();
    for attribute in all(node, 5) {
        let attribute = fields(attribute)?;
        for graph in all(&attribute, 6).chain(all(&attribute, 11)) {
            let graph = fields(graph)?;
            for inner in all(&graph, 1) {
                names.extend(used(&fields(inner)?)?);
            }
            for output in all(&graph, 12) {
                names.push(value(output)?.name);
            }
        }
    }
    Some(names)
}

enum Field<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

fn fields(mut left: &[u8]) -> Option<Vec<(u64, Field<'_>)>> {
    let mut found = Vec::new();
    while !left.is_empty() {
        let tag = varint(&mut left)?;
        let field = match tag & 7 {
            0 => Field::Number(varint(&mut left)?),
            1 => Field::Bytes(split(&mut left, 8)?),
            2 => {
                let length = usize::try_from(varint(&mut left)?).ok()?;
                Field::Bytes(split(&mut left, length)?)
            }
            5 => Field::Bytes(split(&mut left, 4)?),
            _ => return None,
        };
        found.push((tag >> 3, field));
    }
    Some(found)
}

fn varint(left: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = left.split_first()?;
        *left = rest;
        value |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return Some(value);
        }
    }
    None
}

fn split<'a>(left: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (bytes, rest) = left.split_at_checked(length)?;
    *left = rest;
    Some(bytes)
}

fn all<'f, 'a>(fields: &'f [(u64, Field<'a>)], wanted: u64) -> impl Iterator<Item = &'a [u8]> + use<'f, 'a> {
    fields.iter().filter_map(move |(number, field)| match field {
        Field::Bytes(bytes) if *number == wanted => Some(*bytes),
        _ => None,
    })
}

fn first<'a>(fields: &[(u64, Field<'a>)], wanted: u64) -> Option<&'a [u8]> {
    all(fields, wanted).next()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn text(fields: &[(u64, Field)], wanted: u64) -> String {
    first(fields, wanted).map(lossy).unwrap_or_default()
}

/// ValueInfoProto: name 1, type 2; TypeProto: tensor 1; its element type 1.
fn value(content: &[u8]) -> Option<Value> {
    let info = fields(content)?;
    let tensor = first(&info, 2).and_then(fields).and_then(|t| first(&t, 1)).and_then(fields).unwrap_or_default();
    let elements = tensor.iter().find_map(|(number, field)| match field {
        Field::Number(value) if *number == 1 => Some(*value),
        _ => None,
    });
    Some(Value { name: text(&info, 1), elements: elements.unwrap_or(0) })
}
