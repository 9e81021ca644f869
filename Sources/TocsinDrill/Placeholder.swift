// Placeholder; replaced in this issue.
