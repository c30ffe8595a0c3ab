"""The record: every act of the committee, in order, in one hash chain per contest."""
