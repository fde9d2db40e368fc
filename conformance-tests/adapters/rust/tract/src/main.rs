//! Shows stimuli of AIIS to tract: aiis-tract [--optimization default|off]
//!
//! `off` runs the typed model, without decluttering and code generation.

use aiis_worker::models::Outline;
use aiis_worker::{serve, Failure, Kind, Runtime, Sut};
use std::collections::BTreeMap;
use tract_onnx::prelude::*;

/// As Cargo.toml pins it.
const VERSION: &str = "0.23.9";

struct Tract {
    optimised: bool,
}

struct Session {
    inputs: Vec<String>,
    outputs: Vec<String>,
    plan: Arc<TypedRunnableModel>,
}

impl Runtime for Tract {
    type Session = Session;

    fn sut(&self) -> Sut {
        let level = if self.optimised { "default" } else { "off" };
        Sut {
            name: "tract",
            vendor: "Sonos",
            version: VERSION,
            provider: "tract",
            properties: vec![("optimization", level.into()), ("placement", "one executor".into()), ("threads", "1".into())],
        }
    }

    fn load(&self, model: &[u8]) -> Result<Session, Failure> {
        let parsed = tract_onnx::onnx().model_for_read(&mut &model[..]).map_err(|e| told("PARSE", e))?;
        let inputs = parsed.input_outlets().map_err(|e| told("PARSE", e))?;
        let inputs = inputs.iter().map(|outlet| parsed.node(outlet.node).name.clone()).collect();
        let typed = if self.optimised { parsed.into_optimized() } else { parsed.into_typed() };
        let plan = typed.and_then(|typed| typed.into_runnable()).map_err(|e| told("ANALYSE", e))?;
        // Where tract takes bytes in which this program finds no model, it was loaded: that is not refused in its name.
        let outline = Outline::of(model).unwrap_or_default();
        Ok(Session { inputs, outputs: outline.outputs.into_iter().map(|o| o.name).collect(), plan })
    }

    /// tract takes inputs by position, and gives all outputs. One that is missing makes the others too few, which it refuses by itself.
    fn run(&self, session: &Session, inputs: &BTreeMap<String, aiis_worker::Tensor>, wanted: &[String]) -> Result<BTreeMap<String, aiis_worker::Tensor>, Failure> {
        let unknown = inputs.keys().filter(|name| !session.inputs.contains(name)).chain(wanted.iter().filter(|name| !session.outputs.contains(name)));
        if let Some(name) = unknown.last() {
            return Err(Failure::NotDriven(format!("tract goes by position: '{name}' has none")));
        }
        let mut feeds = tvec![];
        for tensor in session.inputs.iter().filter_map(|name| inputs.get(name)) {
            feeds.push(made(tensor)?.into_tvalue());
        }
        let outputs = session.plan.run(feeds).map_err(|e| told("RUN", e))?;
        session.outputs.iter().zip(outputs.iter()).map(|(name, value)| Ok((name.clone(), read(value)?))).collect()
    }
}

fn told(code: &str, error: TractError) -> Failure {
    Failure::rejected(code, format!("{error:#}"))
}

fn made(tensor: &aiis_worker::Tensor) -> Result<Tensor, Failure> {
    if tensor.kind == Kind::String {
        let array = tract_ndarray::ArrayD::from_shape_vec(&tensor.shape[..], tensor.strings.clone());
        return array.map(Into::into).map_err(|e| Failure::NotDriven(e.to_string()));
    }
    let kind = match tensor.kind {
        Kind::Float32 => DatumType::F32,
        Kind::Float64 => DatumType::F64,
        Kind::Float16 => DatumType::F16,
        Kind::Int8 => DatumType::I8,
        Kind::Int16 => DatumType::I16,
        Kind::Int32 => DatumType::I32,
        Kind::Int64 => DatumType::I64,
        Kind::Uint8 => DatumType::U8,
        Kind::Uint16 => DatumType::U16,
        Kind::Uint32 => DatumType::U32,
        Kind::Uint64 => DatumType::U64,
        Kind::Bool => DatumType::Bool,
        other => return Err(Failure::NotDriven(format!("tract has no {other:?}"))),
    };
    // SAFETY: the protocol has checked that the bytes are as many as type and shape ask for; a bool is 0 or 1.
    unsafe { Tensor::from_raw_dt(kind, &tensor.shape, &tensor.data) }.map_err(|e| Failure::NotDriven(format!("{e:#}")))
}

/// tract counts extents in symbols of its own, and keeps quantised types apart: ONNX knows both as plain integers.
fn read(value: &Tensor) -> Result<aiis_worker::Tensor, Failure> {
    let plain = if value.datum_type() == DatumType::TDim { i64::datum_type() } else { value.datum_type().unquantized() };
    let cast = value.cast_to_dt(plain).map_err(|e| told("RUN", e))?;
    let kind = match plain {
        DatumType::F32 => Kind::Float32,
        DatumType::F64 => Kind::Float64,
        DatumType::F16 => Kind::Float16,
        DatumType::I8 => Kind::Int8,
        DatumType::I16 => Kind::Int16,
        DatumType::I32 => Kind::Int32,
        DatumType::I64 => Kind::Int64,
        DatumType::U8 => Kind::Uint8,
        DatumType::U16 => Kind::Uint16,
        DatumType::U32 => Kind::Uint32,
        DatumType::U64 => Kind::Uint64,
        DatumType::Bool => Kind::Bool,
        DatumType::String => Kind::String,
        other => return Err(Failure::NotDriven(format!("an output of tract's type {other:?}"))),
    };
    let shape = cast.shape().to_vec();
    if kind == Kind::String {
        let strings = cast.to_plain_array_view::<String>().map_err(|e| told("RUN", e))?.iter().cloned().collect();
        return Ok(aiis_worker::Tensor { kind, shape, data: vec![], strings });
    }
    Ok(aiis_worker::Tensor { kind, shape, data: cast.as_bytes().to_vec(), strings: vec![] })
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let optimised = match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [] | ["--optimization", "default"] => true,
        ["--optimization", "off"] => false,
        _ => {
            eprintln!("usage: aiis-tract [--optimization default|off]");
            std::process::exit(2);
        }
    };
    serve(Tract { optimised });
}
