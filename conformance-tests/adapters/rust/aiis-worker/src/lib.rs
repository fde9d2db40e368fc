//! The worker protocol of AIIS (spec/worker-protocol.md, version 1) for a runtime in Rust: implement [`Runtime`] and call [`serve`].
//!
//! The placement is that which the protocol allows to a runtime with one executor.
//! A panic of the runtime is not caught: it ends the process, and the suite records it as a crash of the system under test.

mod files;
mod frames;
mod headers;
pub mod models;

use headers::{Answer, Attachments, Described, Feed, Message, Placement, Request};
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

/// A tensor: `data` is little-endian and row-major, a bool is one byte; of strings only `strings` is filled.
#[derive(Clone)]
pub struct Tensor {
    pub kind: Kind,
    pub shape: Vec<usize>,
    pub data: Vec<u8>,
    pub strings: Vec<String>,
}

pub use headers::Kind;

/// Why there are no outputs.
pub enum Failure {
    /// The runtime refused, with a code of its own.
    Rejected { code: String, message: String },
    /// The binding cannot show this to the runtime.
    NotDriven(String),
}

impl Failure {
    pub fn rejected(code: impl ToString, message: impl ToString) -> Failure {
        Failure::Rejected { code: code.to_string(), message: message.to_string() }
    }
}

/// Who is tested. `properties` are the settings in effect.
pub struct Sut {
    pub name: &'static str,
    pub vendor: &'static str,
    pub version: &'static str,
    pub provider: &'static str,
    pub properties: Vec<(&'static str, String)>,
}

pub trait Runtime {
    type Session;

    fn sut(&self) -> Sut;

    fn load(&self, model: &[u8]) -> Result<Self::Session, Failure>;

    /// Whether [`Runtime::load_file`] is there: the steps `load-folder` and `load-path`.
    const FILES: bool = false;

    /// Creates a session from the file at that path, which holds `model`. The runtime alone looks for what lies beside it.
    fn load_file(&self, _path: &Path, _model: &[u8]) -> Result<Self::Session, Failure> {
        Err(Failure::NotDriven("this worker loads no files".into()))
    }

    /// The outputs by name: those that are `wanted`, all where that is empty. More than was asked for may be answered.
    fn run(&self, session: &Self::Session, inputs: &BTreeMap<String, Tensor>, wanted: &[String]) -> Result<BTreeMap<String, Tensor>, Failure>;
}

struct Held<S> {
    session: S,
    placement: Vec<Placement>,
}

/// Answers requests until standard input ends. Ends the process where the suite breaks the protocol.
pub fn serve<R: Runtime>(runtime: R) {
    let mut pipes = frames::Pipes::open();
    let mut server = Server { runtime, models: HashMap::new(), tensors: HashMap::new() };
    loop {
        let frame = match pipes.receive() {
            Ok(Some(frame)) => frame,
            Ok(None) => return,
            Err(why) => violated(&why),
        };
        let (id, request, attachments) = headers::read(frame).unwrap_or_else(|why| violated(&why));
        let mut sent = Vec::new();
        let answer = server.answer(request, attachments, &mut sent).unwrap_or_else(|why| violated(&why));
        if let Err(why) = pipes.send(&Message { id, answer }, &sent) {
            let answer = Answer::NotDriven { reason: why };
            pipes.send(&Message { id, answer }, &[]).unwrap_or_else(|why| violated(&why));
        }
    }
}

fn violated(why: &str) -> ! {
    eprintln!("the suite broke the protocol: {why}");
    std::process::exit(1);
}

struct Server<R: Runtime> {
    runtime: R,
    models: HashMap<String, Held<R::Session>>,
    tensors: HashMap<String, Tensor>,
}

impl<R: Runtime> Server<R> {
    /// `Err` is a violation by the suite.
    fn answer(&mut self, request: Request, mut from: Attachments, sent: &mut Vec<Vec<u8>>) -> Result<Answer, String> {
        let (phase, done) = match request {
            Request::Describe { protocol } => {
                from.all_used()?;
                return Ok(self.describe(protocol));
            }
            Request::Load { model, bytes, profiled } => {
                let bytes = from.bytes(bytes)?;
                from.all_used()?;
                ("LOAD", self.load(model, &bytes, profiled))
            }
            Request::LoadFolder { model, path, files } => {
                let mut contents = BTreeMap::new();
                for (path, bytes) in files.0 {
                    contents.insert(path, from.bytes(bytes)?);
                }
                from.all_used()?;
                let content = files::checked(&contents, &path)?;
                ("LOAD", self.load_folder(model, &path, &contents, content))
            }
            Request::LoadPath { model, path, profiled } => {
                from.all_used()?;
                ("LOAD", self.load_path(model, Path::new(&path), profiled))
            }
            Request::Put { tensor, value } => {
                let value = from.tensor(value)?;
                from.all_used()?;
                self.tensors.insert(tensor, value);
                ("RUN", Ok((BTreeMap::new(), vec![])))
            }
            Request::Run { model, inputs, kept, keep, fetch } => {
                let mut feeds = BTreeMap::new();
                for (name, reference) in inputs.0 {
                    feeds.insert(name, from.tensor(reference)?);
                }
                from.all_used()?;
                ("RUN", self.run(&model, feeds, kept, keep, &fetch).map(|values| (values, vec![])))
            }
            Request::Get { tensor } => {
                from.all_used()?;
                let value = self.tensors.get(&tensor).cloned().ok_or_else(|| unheld(&tensor));
                ("RUN", value.map(|value| (BTreeMap::from([(tensor, value)]), vec![])))
            }
            Request::Drop { tensor } => {
                from.all_used()?;
                self.tensors.remove(&tensor);
                ("RUN", Ok((BTreeMap::new(), vec![])))
            }
            Request::Close { model } => {
                from.all_used()?;
                let held = self.models.remove(&model).ok_or_else(|| unheld(&model));
                ("CLOSE", held.map(|held| (BTreeMap::new(), held.placement)))
            }
            Request::Measure { samples, .. } => {
                for reference in samples.into_iter().flat_map(|sample| sample.0) {
                    from.tensor(reference.1)?;
                }
                from.all_used()?;
                ("RUN", Err(Failure::NotDriven("this worker runs no loads".into())))
            }
        };
        Ok(match done {
            Ok((values, placement)) => Answer::outputs(values, placement, sent),
            Err(Failure::NotDriven(reason)) => Answer::NotDriven { reason },
            Err(Failure::Rejected { code, message }) => Answer::Rejected { phase, code, message },
        })
    }

    fn describe(&self, protocol: i64) -> Answer {
        if protocol != 1 {
            return Answer::Refused { message: format!("this worker speaks protocol 1, not {protocol}") };
        }
        Answer::Described { protocol: 1, sut: Described::of(&self.runtime.sut(), if R::FILES { "folder,path" } else { "" }) }
    }

    fn load(&mut self, handle: String, bytes: &[u8], profiled: bool) -> Result<(BTreeMap<String, Tensor>, Vec<Placement>), Failure> {
        let session = self.runtime.load(bytes)?;
        let placement = if profiled { self.placed(bytes) } else { vec![] };
        self.models.insert(handle, Held { session, placement });
        Ok((BTreeMap::new(), vec![]))
    }

    /// The model's own file holds no more than its graph and small tensors: the suite wrote it.
    fn load_path(&mut self, handle: String, path: &Path, profiled: bool) -> Result<(BTreeMap<String, Tensor>, Vec<Placement>), Failure> {
        let bytes = std::fs::read(path).map_err(|e| Failure::NotDriven(format!("the model cannot be read: {e}")))?;
        let session = self.runtime.load_file(path, &bytes)?;
        let placement = if profiled { self.placed(&bytes) } else { vec![] };
        self.models.insert(handle, Held { session, placement });
        Ok((BTreeMap::new(), vec![]))
    }

    fn placed(&self, model: &[u8]) -> Vec<Placement> {
        let nodes = models::Outline::of(model).map(|o| o.nodes).unwrap_or_default();
        let by = self.runtime.sut().provider;
        let state = |varies| if varies { "PROVIDER" } else { "FOLDED" };
        nodes.into_iter().map(|node| Placement { node: node.name, state: state(node.varies), by }).collect()
    }

    fn load_folder(
        &mut self,
        handle: String,
        path: &str,
        files: &BTreeMap<String, Vec<u8>>,
        model: &[u8],
    ) -> Result<(BTreeMap<String, Tensor>, Vec<Placement>), Failure> {
        let path = files::written(files, path).map_err(|e| Failure::NotDriven(format!("the files cannot be written: {e}")))?;
        let session = self.runtime.load_file(&path, model)?;
        self.models.insert(handle, Held { session, placement: vec![] });
        Ok((BTreeMap::new(), vec![]))
    }

    fn run(
        &mut self,
        model: &str,
        mut feeds: BTreeMap<String, Tensor>,
        kept: Feed,
        keep: Feed,
        fetch: &[String],
    ) -> Result<BTreeMap<String, Tensor>, Failure> {
        for (name, handle) in kept.0 {
            let value = self.tensors.get(&handle).cloned().ok_or_else(|| unheld(&handle))?;
            feeds.insert(name, value);
        }
        let held = self.models.get(model).ok_or_else(|| unheld(model))?;
        let mut wanted = fetch.to_vec();
        wanted.extend(keep.0.iter().map(|(name, _)| name.clone()).filter(|name| !fetch.contains(name)));
        let outputs = self.runtime.run(&held.session, &feeds, &wanted)?;
        if wanted.is_empty() {
            return Ok(outputs);
        }
        let output = |name: &String| {
            let missing = || Failure::NotDriven(format!("the runtime was asked for output '{name}' and neither gave nor refused it"));
            outputs.get(name).cloned().ok_or_else(missing)
        };
        for (name, handle) in &keep.0 {
            self.tensors.insert(handle.clone(), output(name)?);
        }
        fetch.iter().map(|name| Ok((name.clone(), output(name)?))).collect()
    }
}

fn unheld(handle: &str) -> Failure {
    Failure::NotDriven(format!("nothing is held under '{handle}'"))
}
