"""Visibility: whose name is shown to whom, what each member chooses of it, and how others see one."""
