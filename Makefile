.PHONY: demo test

# Real aircraft and a drill raid over Switzerland on http://127.0.0.1:8080. DEMO_SECONDS=60 ends by itself.
demo:
	@Tools/demo

# Everything: core and edge, debug and release where it matters, browser included.
test:
	@Tools/test
