//! Files of any length, sent while they are written: a thread writes into a pipe, the answer
//! reads from it. A client that leaves, or stops reading, ends the thread; a file that fails
//! half-way ends in a broken connection, never as if it were whole.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use rocket::Request;
use rocket::http::{ContentType, Header};
use rocket::response::{Responder, stream::ReaderStream};
use rocket::tokio::io::{AsyncRead, AsyncWriteExt, DuplexStream, ReadBuf, duplex};
use rocket::tokio::runtime::Handle;
use rocket::tokio::sync::{Semaphore, oneshot};
use rocket::tokio::time::timeout;

use crate::db::{AnyConnection, Db};
use crate::error::Error;

/// Files under way at once. Each holds a reader of the database for as long as it takes.
const AT_ONCE: usize = 4;
/// Bytes on their way.
const BUFFER: usize = 256 * 1024;
/// How long a client may read nothing. A stalled one would hold on to old pages of the database.
const PATIENCE: Duration = Duration::from_secs(60);

/// Bounds how many files are sent at once.
pub struct Streams(Arc<Semaphore>);

impl Default for Streams {
    fn default() -> Streams {
        Streams(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// The writing end.
pub struct Pipe {
    stream: DuplexStream,
    runtime: Handle,
    whole: Arc<AtomicBool>,
    /// Told once there is something to send: until then a failure can still be a page.
    begun: Option<oneshot::Sender<()>>,
}

impl Pipe {
    /// Says that the file is whole. Without it the reader's connection is broken off.
    pub fn complete(self) {
        self.whole.store(true, Ordering::Release);
    }
}

impl io::Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(begun) = self.begun.take() {
            let _ = begun.send(());
        }
        let writing = timeout(PATIENCE, self.stream.write(bytes));
        self.runtime.block_on(writing).unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The reading end: fails at the end of a file that is not whole.
struct Checked {
    stream: DuplexStream,
    whole: Arc<AtomicBool>,
}

impl AsyncRead for Checked {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        let ended = matches!(polled, Poll::Ready(Ok(()))) && buffer.filled().len() == before;
        if ended && !self.whole.load(Ordering::Acquire) {
            return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
        }
        polled
    }
}

/// A file on its way.
pub struct Streamed {
    name: String,
    kind: &'static str,
    body: Checked,
}

/// Sends what `work` writes, reading the database in one snapshot. A failure before the first
/// byte is an error like any other; [`Error::Busy`] when too many files are under way.
pub async fn stream<F>(
    db: &Db,
    streams: &Streams,
    name: String,
    kind: &'static str,
    work: F,
) -> Result<Streamed, Error>
where
    F: FnOnce(&mut AnyConnection, Pipe) -> Result<(), Error> + Send + 'static,
{
    let permit = streams.0.clone().try_acquire_owned().map_err(|_| Error::Busy)?;
    let (reading, writing) = duplex(BUFFER);
    let (begun, has_begun) = oneshot::channel();
    let whole = Arc::new(AtomicBool::new(false));
    let pipe = Pipe {
        stream: writing,
        runtime: Handle::current(),
        whole: whole.clone(),
        begun: Some(begun),
    };
    let db = db.clone();
    let task = rocket::tokio::spawn(async move {
        let result = db.read(move |c| work(c, pipe)).await;
        drop(permit);
        result
    });
    if has_begun.await.is_err() {
        // The pipe is gone before anything was written: the outcome says why.
        task.await.map_err(|gone| Error::Internal(format!("a file ended early: {gone}")))??;
    }
    Ok(Streamed { name, kind, body: Checked { stream: reading, whole } })
}

impl<'r> Responder<'r, 'r> for Streamed {
    fn respond_to(self, request: &'r Request<'_>) -> rocket::response::Result<'r> {
        let mut response = ReaderStream::one(self.body).respond_to(request)?;
        response.set_header(ContentType::parse_flexible(self.kind).unwrap_or(ContentType::Binary));
        let name = format!("attachment; filename=\"{}\"", self.name);
        response.set_header(Header::new("Content-Disposition", name));
        Ok(response)
    }
}
