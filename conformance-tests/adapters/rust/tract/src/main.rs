//! Shows stimuli of AIIS to tract: aiis-tract [--optimization default|off]
//!
//! `off` runs the typed model, without decluttering and code generation.
//!
//! tract analyses a model for the extents of its inputs. Where a model declares them all, that is done at load, and what tract does not
//! take is refused there. Where it leaves some open, its user is to set the inputs' facts between parsing and analysis: it is parsed at
//! load, and analysed for the extents of a run at the first run and whenever they change. The run is what tract then refuses. A name that
//! the model gives to an extent has the number of the run wherever the model uses it, for inner values too.

use aiis_worker::models::Outline;
use aiis_worker::{serve, Failure, Kind, Runtime, Sut};
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use tract_onnx::prelude::*;
use tract_onnx::tract_hir::internal::{DimFact, DimLike, Factoid, ShapeFactoid, SymbolValues};

/// As Cargo.toml pins it.
const VERSION: &str = "0.23.9";

struct Tract {
    optimised: bool,
}

struct Session {
    inputs: Vec<String>,
    outputs: Vec<String>,
    plan: Plan,
}

type Shapes = Vec<Option<Vec<usize>>>;

enum Plan {
    AsDeclared(Arc<TypedRunnableModel>),
    /// For the shapes of the run before, and the model to analyse when they change.
    ByShapes(InferenceModel, RefCell<Option<(Shapes, Arc<TypedRunnableModel>)>>),
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
        self.session(tract_onnx::onnx().model_for_read(&mut &model[..]), model)
    }

    const FILES: bool = true;

    fn load_file(&self, path: &Path, model: &[u8]) -> Result<Session, Failure> {
        self.session(tract_onnx::onnx().model_for_path(path), model)
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
        let shapes = session.inputs.iter().map(|name| inputs.get(name).map(|tensor| tensor.shape.clone())).collect();
        let plan = self.plan_for(&session.plan, shapes).map_err(|e| told("ANALYSE", e))?;
        let outputs = plan.run(feeds).map_err(|e| told("RUN", e))?;
        session.outputs.iter().zip(outputs.iter()).map(|(name, value)| Ok((name.clone(), read(value)?))).collect()
    }
}

impl Tract {
    fn session(&self, parsed: TractResult<InferenceModel>, model: &[u8]) -> Result<Session, Failure> {
        let parsed = parsed.map_err(|e| told("PARSE", e))?;
        let inputs = parsed.input_outlets().map_err(|e| told("PARSE", e))?;
        let inputs = inputs.iter().map(|outlet| parsed.node(outlet.node).name.clone()).collect();
        let plan = if fixed(&parsed).map_err(|e| told("ANALYSE", e))? {
            Plan::AsDeclared(self.analysed(parsed).map_err(|e| told("ANALYSE", e))?)
        } else {
            Plan::ByShapes(parsed, RefCell::new(None))
        };
        // Where tract takes bytes in which this program finds no model, it was loaded: that is not refused in its name.
        let outline = Outline::of(model).unwrap_or_default();
        Ok(Session { inputs, outputs: outline.outputs.into_iter().map(|o| o.name).collect(), plan })
    }

    fn analysed(&self, parsed: InferenceModel) -> TractResult<Arc<TypedRunnableModel>> {
        let typed = if self.optimised { parsed.into_optimized() } else { parsed.into_typed() };
        typed?.into_runnable()
    }

    fn plan_for(&self, plan: &Plan, shapes: Shapes) -> TractResult<Arc<TypedRunnableModel>> {
        let (parsed, before) = match plan {
            Plan::AsDeclared(plan) => return Ok(plan.clone()),
            Plan::ByShapes(parsed, before) => (parsed, before),
        };
        let mut before = before.borrow_mut();
        if let Some((_, plan)) = before.as_ref().filter(|(known, _)| *known == shapes) {
            return Ok(plan.clone());
        }
        let mut model = parsed.clone();
        let named = named(&model, &shapes)?;
        for output in model.nodes_mut().iter_mut().flat_map(|node| node.outputs.iter_mut()) {
            output.fact.shape = evaluated(&output.fact.shape, &named);
        }
        for (input, shape) in shapes.iter().enumerate() {
            if let Some(shape) = shape {
                let fact = model.input_fact(input)?.clone();
                let shape = closed(&fact.shape, shape);
                model.set_input_fact(input, fact.with_shape(shape))?;
            }
        }
        let plan = self.analysed(model)?;
        *before = Some((shapes, plan.clone()));
        Ok(plan)
    }
}

/// Whether the extents of all inputs are numbers.
fn fixed(parsed: &InferenceModel) -> TractResult<bool> {
    let mut all = true;
    for input in 0..parsed.input_outlets()?.len() {
        all &= parsed.input_fact(input)?.shape.as_concrete_finite()?.is_some();
    }
    Ok(all)
}

/// The numbers that the first input to use a name gives to it.
fn named(model: &InferenceModel, shapes: &Shapes) -> TractResult<SymbolValues> {
    let mut named = SymbolValues::default();
    for (input, shape) in shapes.iter().enumerate() {
        for (fact, &extent) in model.input_fact(input)?.shape.dims().zip(shape.iter().flatten()) {
            match fact.concretize() {
                Some(TDim::Sym(name)) if named.get(&name).is_none() => named.set(&name, i64::try_from(extent)?),
                _ => {}
            }
        }
    }
    Ok(named)
}

fn evaluated(shape: &ShapeFactoid, named: &SymbolValues) -> ShapeFactoid {
    let dims = shape.dims().map(|fact| fact.concretize().map_or(DimFact::default(), |extent| DimFact::from(extent.eval(named)))).collect();
    if shape.is_open() {
        ShapeFactoid::open(dims)
    } else {
        ShapeFactoid::closed(dims)
    }
}

/// What is declared, with the extents of a run where it is open. A declared number stays, and so does another rank: tract is not
/// told that a model wants what it is about to be given.
fn closed(declared: &ShapeFactoid, actual: &[usize]) -> ShapeFactoid {
    if declared.is_open() {
        return actual.iter().copied().collect();
    }
    if declared.dims().count() != actual.len() {
        return declared.clone();
    }
    let number = |fact: &DimFact| fact.concretize().is_some_and(|extent| extent.to_usize().is_ok());
    let dims = declared.dims().zip(actual).map(|(fact, extent)| if number(fact) { fact.clone() } else { DimFact::from(extent.to_dim()) });
    ShapeFactoid::closed(dims.collect())
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
