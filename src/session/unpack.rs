//! Compressed input. In: any bytes; out: the same, or what gzip or Zstandard packed, told by the first bytes and not by a
//! name. Knows no line.

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Compressed bytes are read about so many at a time.
const BUFFER: usize = 64 * 1024;

/// What a source holds, unpacked where it is packed.
///
/// # Errors
/// The source cannot be read, or its packing is broken at once.
pub(super) fn unpacked(mut source: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    let mut first = Vec::new();
    source.by_ref().take(4).read_to_end(&mut first)?;
    let packing = first.clone();
    let whole = Cursor::new(first).chain(source);
    let buffered = |whole| BufReader::with_capacity(BUFFER, whole);
    match packing[..] {
        [0x1f, 0x8b, ..] => Ok(Box::new(MultiGzDecoder::new(buffered(whole)))),
        [0x28, 0xb5, 0x2f, 0xfd] => Ok(Box::new(Frames::new(buffered(whole)))),
        _ => Ok(Box::new(whole)),
    }
}

/// The frames of a Zstandard stream, one after the other.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    /// Whether a frame is being read.
    begun: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Self {
            source,
            decoder: FrameDecoder::new(),
            begun: false,
        }
    }

    /// Begins the next frame with content; says whether there is one.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.source.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.source) {
                Ok(()) => {
                    self.begun = true;
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = self.source.by_ref().take(u64::from(length));
                    io::copy(&mut skipped, &mut io::sink())?;
                }
                Err(error) => return Err(broken(error)),
            }
        }
        Ok(false)
    }

    /// Ends a frame that was read whole.
    fn end(&mut self) -> io::Result<()> {
        self.begun = false;
        let told = self.decoder.get_checksum_from_data();
        if told.is_some() && told != self.decoder.get_calculated_checksum() {
            return Err(broken("its checksum is not that of its content"));
        }
        Ok(())
    }
}

fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.begun && !self.begin()? {
                return Ok(0);
            }
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(into);
            }
            if self.decoder.is_finished() {
                self.end()?;
                continue;
            }
            let some = BlockDecodingStrategy::UptoBlocks(1);
            self.decoder
                .decode_blocks(&mut self.source, some)
                .map_err(broken)?;
        }
    }
}
