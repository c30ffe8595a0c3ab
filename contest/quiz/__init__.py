"""The quiz: papers drawn from the frozen set, the answer journal, handing in and marking."""
