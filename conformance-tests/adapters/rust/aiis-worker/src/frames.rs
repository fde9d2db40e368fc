//! Frames: magic, length, CRC-32, header, attachments. Every length is checked before memory is given to it.

use serde::Serialize;
use std::fs::File;
use std::io::{ErrorKind, Read, StdinLock, Write};
use std::os::fd::FromRawFd;

const MAGIC: u32 = 0x5349_4941;
const HEADER_LIMIT: usize = 16 << 20;
const ATTACHMENTS_LIMIT: usize = 65_536;

pub struct Frame {
    pub header: Vec<u8>,
    pub attachments: Vec<Vec<u8>>,
}

pub struct Pipes {
    requests: StdinLock<'static>,
    answers: File,
    limit: usize,
}

impl Pipes {
    /// The descriptors and the limit that the environment names.
    pub fn open() -> Pipes {
        let number = |name: &str, otherwise: usize| std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(otherwise);
        let descriptor = number("AIIS_ANSWERS_FD", 1) as i32;
        Pipes {
            requests: std::io::stdin().lock(),
            // SAFETY: the suite hands this descriptor to us, and nothing else in the process uses it.
            answers: unsafe { File::from_raw_fd(descriptor) },
            limit: number("AIIS_FRAME_LIMIT", 512 << 20),
        }
    }

    /// `None` where standard input ends, `Err` where the suite breaks the protocol.
    pub fn receive(&mut self) -> Result<Option<Frame>, String> {
        let mut preamble = [0; 12];
        if !self.fill(&mut preamble)? {
            return Ok(None);
        }
        let field = |at: usize| u32::from_le_bytes(preamble[at..at + 4].try_into().unwrap());
        let length = field(4) as usize;
        if field(0) != MAGIC {
            return Err("wrong magic".into());
        }
        if length < 8 || length > self.limit {
            return Err(format!("a payload of {length} bytes"));
        }
        let mut payload = vec![0; length];
        if !self.fill(&mut payload)? {
            return Ok(None);
        }
        if crc32fast::hash(&payload) != field(8) {
            return Err("wrong CRC-32".into());
        }
        frame(&payload).map(Some)
    }

    fn fill(&mut self, bytes: &mut [u8]) -> Result<bool, String> {
        match self.requests.read_exact(bytes) {
            Ok(()) => Ok(true),
            Err(e) if e.kind() == ErrorKind::UnexpectedEof => Ok(false),
            Err(e) => Err(e.to_string()),
        }
    }

    /// `Err` where the frame would be over the limit; nothing was sent then.
    pub fn send(&mut self, header: &impl Serialize, attachments: &[Vec<u8>]) -> Result<(), String> {
        let header = serde_json::to_vec(header).map_err(|e| e.to_string())?;
        let size = attachments.iter().fold(8 + header.len(), |sum, a| sum + 4 + a.len());
        if size > self.limit {
            return Err(format!("an answer of {size} bytes is over the limit"));
        }
        let mut frame = Vec::with_capacity(12 + size);
        frame.extend([0; 12]);
        let mut put = |bytes: &[u8]| {
            frame.extend((bytes.len() as u32).to_le_bytes());
            frame.extend(bytes);
        };
        put(&header);
        frame.extend((attachments.len() as u32).to_le_bytes());
        for attachment in attachments {
            frame.extend((attachment.len() as u32).to_le_bytes());
            frame.extend(attachment);
        }
        let crc = crc32fast::hash(&frame[12..]);
        for (at, value) in [(0, MAGIC), (4, size as u32), (8, crc)] {
            frame[at..at + 4].copy_from_slice(&value.to_le_bytes());
        }
        if self.answers.write_all(&frame).and_then(|()| self.answers.flush()).is_err() {
            std::process::exit(1); // Nobody reads any more.
        }
        Ok(())
    }
}

fn frame(payload: &[u8]) -> Result<Frame, String> {
    let mut left = payload;
    let header = take(&mut left, HEADER_LIMIT)?.to_vec();
    let count = number(&mut left)?;
    if count > ATTACHMENTS_LIMIT.min(left.len() / 4) {
        return Err(format!("{count} attachments"));
    }
    let attachments = (0..count).map(|_| take(&mut left, usize::MAX).map(<[u8]>::to_vec)).collect::<Result<_, _>>()?;
    if !left.is_empty() {
        return Err("bytes behind the last attachment".into());
    }
    Ok(Frame { header, attachments })
}

pub fn number(left: &mut &[u8]) -> Result<usize, String> {
    let (bytes, rest) = left.split_first_chunk::<4>().ok_or("the payload is too short")?;
    *left = rest;
    Ok(u32::from_le_bytes(*bytes) as usize)
}

/// A length, and so many bytes.
pub fn take<'a>(left: &mut &'a [u8], most: usize) -> Result<&'a [u8], String> {
    let length = number(left)?;
    if length > most.min(left.len()) {
        return Err("a length over what is left".into());
    }
    let (bytes, rest) = left.split_at(length);
    *left = rest;
    Ok(bytes)
}
