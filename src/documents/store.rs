//! Where the contents of evidence files are: in a folder or in S3, each under the SHA-256 of what
//! it holds. Nothing here is ever changed, or taken away.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Place;
use object_store::{ClientOptions, ObjectStore, ObjectStoreExt, RetryConfig};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::MOST_BYTES;
use super::check::Checked;
use crate::Settings;
use crate::error::Error;
use crate::values::sha256_hex;

/// Files in memory at once, coming in or going out.
const AT_ONCE: usize = 4;

/// Where contents are kept. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    files: Box<dyn ObjectStore>,
    /// Before every name, where a bucket is shared.
    prefix: Place,
    permits: Semaphore,
    /// The SHA-256 of contents that were looked at and are not what was stored.
    bad: Mutex<HashSet<String>>,
}

/// What is wrong with a content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    Missing,
    Altered,
}

/// A content that is on disk: only [`Store::keep`] makes one.
#[derive(Clone, Debug)]
pub struct Stored {
    pub(super) file_name: String,
    pub(super) media_type: &'static str,
    pub(super) size: i64,
    pub(super) sha256: String,
}

impl Store {
    /// The store of the settings. A folder is made when it is not there.
    pub fn open(settings: &Settings) -> Result<Store, Error> {
        let url = settings.documents_url.trim();
        match url.strip_prefix("s3://") {
            Some(bucket) => Store::in_s3(settings, bucket),
            None if url.is_empty() => Store::in_folder(&beside_database(&settings.database_url)),
            None => Store::in_folder(Path::new(url.strip_prefix("file://").unwrap_or(url))),
        }
    }

    fn in_folder(folder: &Path) -> Result<Store, Error> {
        let wrong = |what: String| {
            Error::Internal(format!("the documents' folder {}: {what}", folder.display()))
        };
        make_private(folder).map_err(|error| wrong(error.to_string()))?;
        let files = LocalFileSystem::new_with_prefix(folder).map_err(|e| wrong(e.to_string()))?;
        // Written under another name, synced, renamed, and the folder synced.
        Ok(Store::on(files.with_fsync(true), Place::default()))
    }

    fn in_s3(settings: &Settings, bucket: &str) -> Result<Store, Error> {
        let (bucket, prefix) = bucket.split_once('/').unwrap_or((bucket, ""));
        let client = ClientOptions::new()
            .with_connect_timeout(Duration::from_secs(5))
            .with_timeout(Duration::from_secs(60));
        let retry = RetryConfig {
            max_retries: 3,
            retry_timeout: Duration::from_secs(60),
            ..RetryConfig::default()
        };
        let endpoint = &settings.s3_endpoint;
        let mut builder = AmazonS3Builder::from_env()
            .with_client_options(client)
            .with_retry(retry)
            .with_bucket_name(bucket)
            .with_allow_http(endpoint.starts_with("http://"));
        if !endpoint.is_empty() {
            builder = builder.with_endpoint(endpoint);
        }
        if !settings.s3_region.is_empty() {
            builder = builder.with_region(&settings.s3_region);
        }
        if !settings.s3_access_key_id.is_empty() {
            builder = builder
                .with_access_key_id(&settings.s3_access_key_id)
                .with_secret_access_key(&settings.s3_secret_access_key);
        }
        let files = builder
            .build()
            .map_err(|error| Error::Internal(format!("documents_url, s3://{bucket}: {error}")))?;
        Ok(Store::on(files, Place::from(prefix)))
    }

    fn on(files: impl ObjectStore, prefix: Place) -> Store {
        let (permits, bad) = (Semaphore::new(AT_ONCE), Mutex::default());
        Store { inner: Arc::new(Inner { files: Box::new(files), prefix, permits, bad }) }
    }

    /// Waits until there is memory for one more file.
    pub async fn permit(&self) -> Result<SemaphorePermit<'_>, Error> {
        self.inner.permits.acquire().await.map_err(|_| Error::Busy)
    }

    /// Puts a file that was checked on disk, before any row tells of it. What is there already, and
    /// is what it should be, is left alone.
    pub async fn keep(&self, file: Checked) -> Result<Stored, Error> {
        let stored = Stored {
            size: file.bytes.len() as i64,
            file_name: file.file_name,
            media_type: file.media_type,
            sha256: file.sha256,
        };
        if self.read(&stored.sha256).await?.is_err() {
            let place = self.place(&stored.sha256);
            self.inner.files.put(&place, file.bytes.into()).await.map_err(unreachable)?;
            self.note(&stored.sha256, None);
        }
        Ok(stored)
    }

    /// The content of a SHA-256, compared with it; or what is wrong with it.
    pub async fn read(&self, sha256: &str) -> Result<Result<Vec<u8>, Flaw>, Error> {
        let found = match self.inner.files.get(&self.place(sha256)).await {
            Ok(found) => found,
            Err(object_store::Error::NotFound { .. }) => {
                self.note(sha256, Some(Flaw::Missing));
                return Ok(Err(Flaw::Missing));
            }
            Err(error) => return Err(unreachable(error)),
        };
        // Something else may be of any size.
        if found.meta.size > MOST_BYTES {
            self.note(sha256, Some(Flaw::Altered));
            return Ok(Err(Flaw::Altered));
        }
        let bytes = Vec::from(found.bytes().await.map_err(unreachable)?);
        let (bytes, actual) = tokio::task::spawn_blocking(move || {
            let actual = sha256_hex(&bytes);
            (bytes, actual)
        })
        .await
        .map_err(|gone| Error::Internal(gone.to_string()))?;
        let flaw = (actual != sha256).then_some(Flaw::Altered);
        self.note(sha256, flaw);
        Ok(flaw.map_or(Ok(bytes), Err))
    }

    /// Whether this server has found that a content is not what was stored.
    pub fn is_bad(&self, sha256: &str) -> bool {
        self.inner.bad.lock().is_ok_and(|bad| bad.contains(sha256))
    }

    fn note(&self, sha256: &str, flaw: Option<Flaw>) {
        let Ok(mut bad) = self.inner.bad.lock() else { return };
        match flaw {
            Some(_) => bad.insert(sha256.to_string()),
            None => bad.remove(sha256),
        };
    }

    /// `ab/cdef…`: folders with a 256th of all files each.
    fn place(&self, sha256: &str) -> Place {
        let (folder, name) = sha256.split_at_checked(2).unwrap_or((sha256, ""));
        self.inner.prefix.clone().join(folder).join(name)
    }
}

fn unreachable(error: object_store::Error) -> Error {
    Error::Internal(format!("the store of documents: {error}"))
}

/// Beside the database, as uploads are.
fn beside_database(url: &str) -> PathBuf {
    if url.starts_with("postgres") {
        return PathBuf::from("data/documents");
    }
    let path = url.trim_start_matches("sqlite://").trim_start_matches("sqlite:");
    PathBuf::from(path).with_extension("documents")
}

/// Makes a folder that only its owner can look into, and its name durable.
fn make_private(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    #[cfg(unix)]
    if let Some(parent) = folder.canonicalize()?.parent() {
        std::fs::File::open(parent)?.sync_all()?;
    }
    Ok(())
}
