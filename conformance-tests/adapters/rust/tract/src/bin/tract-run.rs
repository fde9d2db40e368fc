//! Runs a model on tract and prints what it gives, without AIIS: tract-run MODEL.onnx NAME=TYPE:SHAPE:VALUES…
//!
//! TYPE is f32, f64, f16, bool, i8 … u64, SHAPE is 2x3 (nothing for a scalar), VALUES are separated by commas. For the reproductions in
//! ../findings.

use std::collections::HashMap;
use std::str::FromStr;
use tract_onnx::prelude::*;

fn parsed<T: FromStr>(values: &str) -> Vec<T> {
    let number = |word: &str| word.parse().unwrap_or_else(|_| panic!("no number: {word}"));
    values.split(',').filter(|word| !word.is_empty()).map(number).collect()
}

fn value(word: &str) -> Tensor {
    let [kind, shape, values] = word.splitn(3, ':').collect::<Vec<_>>()[..] else { panic!("TYPE:SHAPE:VALUES, found {word}") };
    let shape: Vec<usize> = shape.split('x').filter(|extent| !extent.is_empty()).map(|extent| extent.parse().unwrap()).collect();
    fn made<T: Datum>(shape: &[usize], values: Vec<T>) -> Tensor {
        tract_ndarray::ArrayD::from_shape_vec(shape, values).unwrap().into()
    }
    match kind {
        "f32" => made(&shape, parsed::<f32>(values)),
        "f64" => made(&shape, parsed::<f64>(values)),
        "f16" => made(&shape, parsed::<f32>(values)).cast_to::<f16>().unwrap().into_owned(),
        "bool" => made(&shape, parsed::<u8>(values).into_iter().map(|x| x != 0).collect::<Vec<bool>>()),
        "i8" => made(&shape, parsed::<i8>(values)),
        "i16" => made(&shape, parsed::<i16>(values)),
        "i32" => made(&shape, parsed::<i32>(values)),
        "i64" => made(&shape, parsed::<i64>(values)),
        "u8" => made(&shape, parsed::<u8>(values)),
        "u16" => made(&shape, parsed::<u16>(values)),
        "u32" => made(&shape, parsed::<u32>(values)),
        "u64" => made(&shape, parsed::<u64>(values)),
        other => panic!("no type {other}"),
    }
}

fn run(path: &str, feeds: &HashMap<String, Tensor>) -> TractResult<(Vec<String>, TVec<TValue>)> {
    let parsed = tract_onnx::onnx().model_for_path(path)?;
    let names = |outlets: &[OutletId]| outlets.iter().map(|o| parsed.node(o.node).name.clone()).collect::<Vec<_>>();
    let (inputs, outputs) = (names(parsed.input_outlets()?), names(parsed.output_outlets()?));
    let plan = if std::env::var("TRACT_OPTIMIZE").as_deref() == Ok("0") {
        parsed.into_typed()?.into_runnable()?
    } else {
        parsed.into_optimized()?.into_runnable()?
    };
    let fed = inputs.iter().map(|name| feeds[name].clone().into_tvalue()).collect();
    Ok((outputs, plan.run(fed)?))
}

fn main() {
    let mut words = std::env::args().skip(1);
    let path = words.next().expect("a model");
    let feeds = words.map(|word| {
        let (name, content) = word.split_once('=').expect("NAME=TYPE:SHAPE:VALUES");
        (name.to_string(), value(content))
    });
    match run(&path, &feeds.collect()) {
        Err(e) => println!("refused: {e:#}"),
        Ok((names, values)) => {
            for (name, value) in names.iter().zip(values) {
                println!("{name}={:?}", value.dump(true));
            }
        }
    }
}
