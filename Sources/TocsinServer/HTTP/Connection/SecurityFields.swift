internal import HTTPTypes

/// The fields that every answer carries.
enum SecurityFields {
    /// Our pages and nothing else; the map library draws from blobs and data addresses.
    private static let contentPolicy = """
        default-src 'self'; img-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; \
        base-uri 'none'; form-action 'self'; frame-ancestors 'none'
        """

    static let all: [(name: String, value: String)] = [
        ("Content-Security-Policy", contentPolicy),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Referrer-Policy", "no-referrer"),
    ]

    /// The same for the framework.
    static let fields = HTTPFields(
        all.compactMap { field in HTTPField.Name(field.name).map { HTTPField(name: $0, value: field.value) } })
}
