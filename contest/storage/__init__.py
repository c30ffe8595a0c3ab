"""Where files lie that people hand in, and the copies made of them."""

from contest.config import Settings
from contest.storage.folder import FolderStorage
from contest.storage.objects import MissingObjectError, Storage, StorageError, StorageFullError, new_key

__all__ = ["MissingObjectError", "Storage", "StorageError", "StorageFullError", "new_key", "storage_of"]


def storage_of(settings: Settings) -> Storage:
    """The store that the settings name. Nothing is made or opened before something is written."""
    return FolderStorage(settings.media)
