"""Object storage that speaks S3: what the project asks of it otherwise than s3fs does by itself.

Here belongs what holds for every request. One writer at a time does not: see `lease`.

- Nothing is remembered of listings, which other processes change.
- A whole object is read with one request: s3fs asks for its size first and reads a large one in ranges, which
  can be of two versions.
- There are no folders, and no bucket is ever made: whoever owns it makes it.
- What goes wrong is one of the project's errors, apart from FileNotFoundError and ConditionRefusedError.
"""

import asyncio
from typing import Any

import aiohttp
from botocore import exceptions as boto  # type: ignore[import-untyped]
from fsspec.asyn import sync_wrapper  # type: ignore[import-untyped]
from s3fs import S3FileSystem  # type: ignore[import-untyped]

from pipeline.errors import ConditionRefusedError, StorageError, UnreachableStorageError

_NO_CREDENTIALS = (
    boto.NoCredentialsError,
    boto.PartialCredentialsError,
    boto.CredentialRetrievalError,
    boto.TokenRetrievalError,
    boto.UnauthorizedSSOTokenError,
    boto.SSOTokenLoadError,
    boto.ProfileNotFound,
)
_SILENT = (boto.ConnectionError, boto.HTTPClientError, aiohttp.ClientError, TimeoutError, ConnectionError)
_OTHER_TRY = {"SlowDown", "ServiceUnavailable", "InternalError", "RequestTimeout", "500", "503"}
_CHANGED_MEANWHILE = {"PreconditionFailed", "412", "ConditionalRequestConflict", "OperationAborted", "409"}


class ObjectStorage(S3FileSystem):  # type: ignore[misc]
    """s3fs as the project needs it; credentials, region and endpoint are those of the AWS tools."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"use_listings_cache": False, **options})

    async def _call_s3(self, method: str, *settings: Any, **arguments: Any) -> Any:
        try:
            return await super()._call_s3(method, *settings, **arguments)
        except Exception as problem:  # botocore's and aiohttp's have nothing else in common
            raise _in_our_words(problem, str(arguments.get("Bucket", "")), self._endpoint()) from problem

    async def _cat_file(self, path: str, *positional: Any, **options: Any) -> bytes:
        try:
            found: bytes = await super()._cat_file(path, *positional, **{**options, "max_concurrency": 1})
            return found
        except (FileNotFoundError, StorageError):
            raise
        except Exception as problem:  # while the body arrived, after s3fs tried some times
            raise _in_our_words(problem, self.split_path(path)[0], self._endpoint()) from problem

    async def _read_all(self, paths: list[str]) -> list[bytes | None]:
        """Objects, asked for at once; None for one that is not there."""
        found = await asyncio.gather(*map(self._cat_file, paths), return_exceptions=True)
        for content in found:
            if isinstance(content, BaseException) and not isinstance(content, FileNotFoundError):
                raise content
        return [None if isinstance(content, BaseException) else content for content in found]

    async def _find(self, path: str, **options: Any) -> Any:
        if options.keys() - {"detail"}:
            return await super()._find(path, **options)
        found = await self._lsdir(self._strip_protocol(path), delimiter="")
        return {entry["name"]: entry for entry in found} if options.get("detail") else _names(found)

    async def _ls(self, path: str, detail: bool = False, **options: Any) -> Any:
        found = await self._lsdir(self._strip_protocol(path).rstrip("/"), **options)
        return found if detail else _names(found)

    async def _read_tagged(self, path: str) -> tuple[bytes, str]:
        """An object's content, and the tag that changes with it."""
        bucket, key, _ = self.split_path(path)
        answer = await self._call_s3("get_object", Bucket=bucket, Key=key)
        try:
            return await answer["Body"].read(), str(answer["ETag"])
        except Exception as problem:
            raise _in_our_words(problem, bucket, self._endpoint()) from problem

    async def _write_if(self, path: str, data: bytes, tag: str | None) -> str:
        """Write an object that has this tag, or with None one that is not there; returns the new tag.

        Raises:
            ConditionRefusedError: it has another tag, or is there already.
        """
        bucket, key, _ = self.split_path(path)
        condition = {"IfNoneMatch": "*"} if tag is None else {"IfMatch": tag}
        try:
            answer = await self._call_s3("put_object", Bucket=bucket, Key=key, Body=data, **condition)
        except FileNotFoundError as problem:
            raise ConditionRefusedError(f"{path} is gone") from problem
        return str(answer["ETag"])

    async def _aws_settings(self) -> dict[str, str]:
        """What an engine with a client of its own has to be told, by the AWS tools' variables."""
        await self.set_session()
        credentials = await self.session.get_credentials()
        key = await credentials.get_frozen_credentials() if credentials else None
        found = {
            "AWS_ENDPOINT_URL": self._endpoint(),
            "AWS_REGION": str(self._s3.meta.region_name or ""),
            "AWS_ACCESS_KEY_ID": key and key.access_key,
            "AWS_SECRET_ACCESS_KEY": key and key.secret_key,
            "AWS_SESSION_TOKEN": key and key.token,
            "AWS_ALLOW_HTTP": "true" if self._endpoint().startswith("http://") else "",
        }
        return {name: value for name, value in found.items() if value}

    async def _mkdir(self, path: str, *positional: Any, **options: Any) -> None:
        """Nothing: an object needs no folder."""

    async def _makedirs(self, path: str, exist_ok: bool = False) -> None:
        """Nothing: an object needs no folder."""

    call_s3 = sync_wrapper(_call_s3)
    read_all = sync_wrapper(_read_all)
    find = sync_wrapper(_find)
    ls = sync_wrapper(_ls)
    read_tagged = sync_wrapper(_read_tagged)
    write_if = sync_wrapper(_write_if)
    aws_settings = sync_wrapper(_aws_settings)
    mkdir = sync_wrapper(_mkdir)
    makedirs = sync_wrapper(_makedirs)

    def _endpoint(self) -> str:
        meta = getattr(self._s3, "meta", None)
        return str(getattr(meta, "endpoint_url", None) or self.endpoint_url or "its endpoint")


def _names(entries: list[dict[str, Any]]) -> list[str]:
    return [str(entry["name"]) for entry in entries]


def _in_our_words(problem: BaseException, bucket: str, endpoint: str) -> Exception:
    """One sentence with the place and the remedy; the server's own text, which may quote keys, stays out."""
    response = getattr(problem, "response", None) or getattr(problem.__cause__, "response", None) or {}
    code = str(response.get("Error", {}).get("Code", ""))
    place = f"s3://{bucket}"
    if code == "NoSuchBucket":
        return StorageError(
            f"There is no bucket {bucket} at {endpoint}; make it, or mend the bucket's name or "
            "AWS_ENDPOINT_URL."
        )
    if isinstance(problem, FileNotFoundError):
        return problem
    if code in _CHANGED_MEANWHILE or isinstance(problem, FileExistsError):
        return ConditionRefusedError(f"{place}: {code or problem}")
    if isinstance(problem, _NO_CREDENTIALS):
        return StorageError(
            f"There are no usable credentials for {place} ({type(problem).__name__}); set AWS_ACCESS_KEY_ID "
            "and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE."
        )
    if isinstance(problem, PermissionError):
        return StorageError(
            f"{endpoint} refuses what was asked of {place} ({code or 'access denied'}); check the AWS "
            "credentials, and that they may list the bucket and read, write and delete its objects."
        )
    if isinstance(problem, (*_SILENT, asyncio.TimeoutError)) or code in _OTHER_TRY:
        return UnreachableStorageError(
            f"{place} cannot be reached at {endpoint} ({code or type(problem).__name__}); check "
            "AWS_ENDPOINT_URL and the network, and try again."
        )
    return StorageError(
        f"{place} at {endpoint} did not do what was asked ({code or _on_one_line(problem)}); check the URL, "
        "AWS_ENDPOINT_URL and AWS_DEFAULT_REGION."
    )


def _on_one_line(problem: BaseException) -> str:
    return " ".join(f"{type(problem).__name__}: {problem}".split())
