"""How files are received: onto the disk, and no further than the limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

MOST_FILES = 10


class Limited(TemporaryFileUploadHandler):
    """Keeps nothing of a file beyond the limit; its size is told as it came.

    Raises RequestDataTooBig for a request larger than all files that one may hold.
    """

    def handle_raw_input(
        self, input_data: Any, META: dict[str, Any], content_length: int,
        boundary: str, encoding: str | None = None,
    ) -> None:  # fmt: skip
        """Refuse a request by its length alone."""
        if content_length > (settings.UPLOAD_LIMIT + 1024 * 1024) * MOST_FILES:
            raise RequestDataTooBig("the files of one request are too large together")
        super().handle_raw_input(input_data, META, content_length, boundary, encoding)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, in a folder of the site's own: a server that is killed leaves it there."""
        settings.FILE_UPLOAD_TEMP_DIR.mkdir(mode=0o700, exist_ok=True)
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write a chunk, unless the file has passed the limit."""
        if start <= settings.UPLOAD_LIMIT:
            with self._whole_or_gone():
                super().receive_data_chunk(raw_data, start)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """The file, with the last of it on the disk."""
        with self._whole_or_gone():
            return super().file_complete(file_size)

    @contextmanager
    def _whole_or_gone(self) -> Iterator[None]:
        """Remove at once what a full disk cut off: else it lay there, and kept the disk full."""
        try:
            yield
        except OSError:
            with suppress(OSError):  # what is written last fails again
                self.file.close()
            Path(self.file.temporary_file_path()).unlink(missing_ok=True)
            raise
