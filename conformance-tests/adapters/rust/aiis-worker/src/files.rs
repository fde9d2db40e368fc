//! The files of the step `load-folder`.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{env, fs, io, process};

/// The content of the model at that path. `Err` where the step is not what the protocol allows: 64 files, paths of 255 characters and 8
/// names of letters, digits and `. _ -`, none of dots alone.
pub fn checked<'f>(files: &'f BTreeMap<String, Vec<u8>>, model: &str) -> Result<&'f [u8], String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    let name = |name: &str| name.chars().all(plain) && name.chars().any(|c| c != '.');
    if let Some(path) = files.keys().find(|path| path.len() > 255 || path.split('/').count() > 8 || !path.split('/').all(name)) {
        return Err(format!("load-folder with a path that is not plain: {path:?}"));
    }
    if files.len() > 64 {
        return Err(format!("load-folder of {} files", files.len()));
    }
    files.get(model).map(Vec::as_slice).ok_or_else(|| format!("load-folder without its model, {model:?}"))
}

/// Writes them into a new folder within this one, the worker's scratch folder, which the suite deletes. The path of the model.
pub fn written(files: &BTreeMap<String, Vec<u8>>, model: &str) -> io::Result<PathBuf> {
    let here = env::current_dir()?;
    let mut folders = (0..).map(|n| here.join(format!("folder-{}-{n}", process::id())));
    let folder = loop {
        let folder = folders.next().expect("endless");
        match fs::create_dir(&folder) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => continue,
            made => break made.map(|()| folder)?,
        }
    };
    for (path, content) in files {
        let file = folder.join(path);
        fs::create_dir_all(file.parent().unwrap_or(&folder))?;
        fs::write(file, content)?;
    }
    Ok(folder.join(model))
}
