"""What the committee tells everybody: announcements."""
