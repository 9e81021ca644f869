/// Whether the tests are optimised: some take many minutes in debug.
#if DEBUG
    public let isOptimized = false
#else
    public let isOptimized = true
#endif
