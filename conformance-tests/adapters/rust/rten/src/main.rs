//! Shows stimuli of AIIS to rten: aiis-rten [--optimization default|off]
//!
//! rten holds tensors of f32, i32, i8 and u8, and documents that int64 and bool of ONNX become i32. This program carries int64 whose values
//! fit, and bool, as i32, and gives outputs the element type that the model declares. What rten cannot hold is not driven.

use aiis_worker::models::Outline;
use aiis_worker::{serve, Failure, Kind, Runtime, Sut, Tensor};
use rten::{LoadError, Model, ModelOptions, Value, ValueOrView};
use rten_tensor::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// As Cargo.toml pins it.
const VERSION: &str = "0.27.0";

struct Rten {
    optimised: bool,
}

struct Session {
    model: Model,
    /// With the number of the element type that is declared.
    outputs: Vec<(String, u64)>,
}

impl Runtime for Rten {
    type Session = Session;

    fn sut(&self) -> Sut {
        let level = if self.optimised { "default" } else { "off" };
        Sut {
            name: "rten",
            vendor: "Robert Knight",
            version: VERSION,
            provider: "rten",
            properties: vec![("optimization", level.into()), ("placement", "one executor".into())],
        }
    }

    fn load(&self, bytes: &[u8]) -> Result<Session, Failure> {
        session(self.options().load(bytes.to_vec()), bytes)
    }

    const FILES: bool = true;

    /// By rten's own rules for external data: `load_file` takes files of a few endings in the model's folder alone.
    fn load_file(&self, path: &Path, bytes: &[u8]) -> Result<Session, Failure> {
        session(self.options().load_file(path), bytes)
    }

    fn run(&self, session: &Session, inputs: &BTreeMap<String, Tensor>, wanted: &[String]) -> Result<BTreeMap<String, Tensor>, Failure> {
        let id = |name: &str| session.model.node_id(name).map_err(|e| Failure::rejected(format!("{:?}", e.kind()), e));
        let mut feeds: Vec<(_, ValueOrView)> = Vec::new();
        for (name, tensor) in inputs {
            feeds.push((id(name)?, made(tensor)?.into()));
        }
        let declared = |name: &String| session.outputs.iter().find(|(output, _)| output == name).map_or(0, |(_, elements)| *elements);
        let all = || session.outputs.iter().map(|(name, _)| name.clone()).collect();
        let names: Vec<String> = if wanted.is_empty() { all() } else { wanted.to_vec() };
        let ids = names.iter().map(|name| id(name)).collect::<Result<Vec<_>, _>>()?;
        let values = session.model.run(feeds, &ids, None);
        let values = values.map_err(|e| Failure::rejected(format!("{:?}", e.kind()), e))?;
        names.into_iter().zip(values).map(|(name, value)| Ok((name.clone(), read(value, declared(&name))?))).collect()
    }
}

impl Rten {
    fn options(&self) -> ModelOptions {
        let mut options = ModelOptions::with_all_ops();
        options.enable_optimization(self.optimised);
        options
    }
}

fn session(loaded: Result<Model, LoadError>, bytes: &[u8]) -> Result<Session, Failure> {
    let model = loaded.map_err(|e| Failure::rejected(format!("{:?}", e.kind()), e))?;
    // Where rten takes bytes in which this program finds no model, it was loaded: that is not refused in its name.
    let outline = Outline::of(bytes).unwrap_or_default();
    let outputs = outline.outputs.into_iter().map(|output| (output.name, output.elements)).collect();
    Ok(Session { model, outputs })
}

fn elements<const N: usize, T>(data: &[u8], of: impl Fn([u8; N]) -> T) -> Vec<T> {
    data.chunks_exact(N).map(|chunk| of(chunk.try_into().unwrap())).collect()
}

fn made(tensor: &Tensor) -> Result<Value, Failure> {
    fn shaped<T>(shape: &[usize], data: Vec<T>) -> rten_tensor::Tensor<T> {
        rten_tensor::Tensor::from_data(shape, data)
    }
    let (shape, data) = (&tensor.shape[..], &tensor.data[..]);
    Ok(match tensor.kind {
        Kind::Float32 => shaped(shape, elements(data, f32::from_le_bytes)).into(),
        Kind::Int32 => shaped(shape, elements(data, i32::from_le_bytes)).into(),
        Kind::Int8 => shaped(shape, elements(data, i8::from_le_bytes)).into(),
        Kind::Uint8 => shaped(shape, data.to_vec()).into(),
        Kind::Bool => shaped(shape, data.iter().map(|&b| i32::from(b)).collect()).into(),
        Kind::Int64 => {
            let wide = elements(data, i64::from_le_bytes);
            let narrow = wide.into_iter().map(i32::try_from).collect::<Result<Vec<_>, _>>();
            shaped(shape, narrow.map_err(|_| Failure::NotDriven("rten holds int64 as i32: a value does not fit".into()))?).into()
        }
        other => return Err(Failure::NotDriven(format!("rten has no tensors of {other:?}"))),
    })
}

fn read(value: Value, declared: u64) -> Result<Tensor, Failure> {
    let shape = match &value {
        Value::Sequence(_) => return Err(Failure::NotDriven("an output that is a sequence".into())),
        tensor => tensor.shape().to_vec(),
    };
    let (kind, data) = match (value, declared) {
        (Value::FloatTensor(t), _) => (Kind::Float32, t.iter().flat_map(|x| x.to_le_bytes()).collect()),
        (Value::Int8Tensor(t), _) => (Kind::Int8, t.iter().flat_map(|x| x.to_le_bytes()).collect()),
        (Value::UInt8Tensor(t), _) => (Kind::Uint8, t.iter().copied().collect()),
        (Value::Int32Tensor(t), 7) => (Kind::Int64, t.iter().flat_map(|&x| i64::from(x).to_le_bytes()).collect()),
        (Value::Int32Tensor(t), 9) => (Kind::Bool, t.iter().map(|&x| u8::from(x != 0)).collect()),
        (Value::Int32Tensor(t), _) => (Kind::Int32, t.iter().flat_map(|x| x.to_le_bytes()).collect()),
        _ => return Err(Failure::NotDriven("an output of a kind that this program does not know".into())),
    };
    Ok(Tensor { kind, shape, data, strings: vec![] })
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let optimised = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] | ["--optimization", "default"] => true,
        ["--optimization", "off"] => false,
        _ => {
            eprintln!("usage: aiis-rten [--optimization default|off]");
            std::process::exit(2);
        }
    };
    serve(Rten { optimised });
}
