//! Runs a model on rten and prints what it gives, without AIIS: rten-run MODEL.onnx NAME=TYPE:SHAPE:VALUES…
//!
//! TYPE is f32, i32, i8 or u8, SHAPE is 2x3 (nothing for a scalar), VALUES are separated by commas. For the reproductions in ../findings.

use rten::{Model, ModelOptions, Value, ValueOrView};
use rten_tensor::prelude::*;
use std::fmt::Display;
use std::str::FromStr;

fn parsed<T: FromStr>(values: &str) -> Vec<T> {
    let number = |word: &str| word.parse().unwrap_or_else(|_| panic!("no number: {word}"));
    values.split(',').filter(|word| !word.is_empty()).map(number).collect()
}

fn value(word: &str) -> Value {
    let [kind, shape, values] = word.splitn(3, ':').collect::<Vec<_>>()[..] else { panic!("TYPE:SHAPE:VALUES, found {word}") };
    let shape: Vec<usize> = shape.split('x').filter(|extent| !extent.is_empty()).map(|extent| extent.parse().unwrap()).collect();
    match kind {
        "f32" => rten_tensor::Tensor::from_data(&shape[..], parsed::<f32>(values)).into(),
        "i32" => rten_tensor::Tensor::from_data(&shape[..], parsed::<i32>(values)).into(),
        "i8" => rten_tensor::Tensor::from_data(&shape[..], parsed::<i8>(values)).into(),
        "u8" => rten_tensor::Tensor::from_data(&shape[..], parsed::<u8>(values)).into(),
        other => panic!("rten has no tensors of {other}"),
    }
}

fn show<T: Display>(kind: &str, shape: &[usize], values: impl Iterator<Item = T>) -> String {
    let shape: Vec<String> = shape.iter().map(|extent| extent.to_string()).collect();
    let values: Vec<String> = values.map(|x| x.to_string()).collect();
    format!("{kind}:{}:{}", shape.join("x"), values.join(","))
}

fn main() {
    let mut words = std::env::args().skip(1);
    let path = words.next().expect("a model");
    // Unoptimised where RTEN_OPTIMIZE=0, to see whose doing it is.
    let mut options = ModelOptions::with_all_ops();
    options.enable_optimization(std::env::var("RTEN_OPTIMIZE").as_deref() != Ok("0"));
    let model: Model = match options.load_file(path) {
        Ok(model) => model,
        Err(e) => return println!("refused at load: {e}"),
    };
    let feeds: Vec<(_, ValueOrView)> = words
        .map(|word| {
            let (name, content) = word.split_once('=').expect("NAME=TYPE:SHAPE:VALUES");
            (model.node_id(name).unwrap(), value(content).into())
        })
        .collect();
    match model.run(feeds, model.output_ids(), None) {
        Err(e) => println!("refused at run: {e}"),
        Ok(values) => {
            for (id, value) in model.output_ids().iter().zip(values) {
                let name = model.node_info(*id).and_then(|info| info.name().map(str::to_string)).unwrap_or_default();
                let text = match value {
                    Value::FloatTensor(t) => show("f32", t.shape(), t.iter()),
                    Value::Int32Tensor(t) => show("i32", t.shape(), t.iter()),
                    Value::Int8Tensor(t) => show("i8", t.shape(), t.iter()),
                    Value::UInt8Tensor(t) => show("u8", t.shape(), t.iter()),
                    _ => "no tensor".into(),
                };
                println!("{name}={text}");
            }
        }
    }
}
