internal import TocsinModel

// Category 034 as JSON: SI units and, beside them, the units of the wire.
extension JSONLine {
    mutating func service(_ service: ServiceRecord) {
        field("messageType", service.message.map { Int($0) })
        field("message", service.message.flatMap { Self.message($0, edition: service.edition) })
        time(service.timeOfDay)
        field("sector", service.sector.map { Int($0) })
        field("sectorDegrees", service.sectorDegrees)
        field("antennaPeriodSeconds", service.antennaPeriodSeconds)
        if let configuration = service.configuration { self.configuration(configuration) }
        if let processing = service.processing { self.processing(processing) }
        if let counters = service.counters {
            beginArray("counters")
            for counter in counters {
                beginElement()
                field("kind", counter.kind)
                field("count", counter.count)
                endObject()
            }
            endArray()
        }
        if let window = service.window { self.window(window) }
        field("filter", service.filter.map { Int($0) })
        if let site = service.site {
            field("latitudeDegrees", site.latitudeDegrees)
            field("longitudeDegrees", site.longitudeDegrees)
            field("heightMeters", Int(site.heightMeters))
        }
        if let collimation = service.collimation {
            field("rangeErrorNauticalMiles", collimation.range.nauticalMiles)
            field("rangeErrorMeters", collimation.range.meters)
            field("azimuthErrorDegrees", collimation.azimuthDegrees)
        }
        hexadecimal("reservedExpansion", service.reservedExpansion)
        hexadecimal("specialPurpose", service.specialPurpose)
    }

    /// - Returns: `nil` for a number that `edition` does not define.
    private static func message(_ number: UInt8, edition: AsterixEdition) -> String? {
        switch number {
        case 1: "northMarker"
        case 2: "sectorCrossing"
        case 3: "geographicalFiltering"
        case 4: "jammingStrobe"
        case 5 where edition >= AsterixEdition(1, 28): "solarStorm"
        case 6 where edition >= AsterixEdition(1, 29): "secondaryJammingStrobe"
        case 7 where edition >= AsterixEdition(1, 29): "modeSJammingStrobe"
        default: nil
        }
    }

    private mutating func configuration(_ configuration: SystemConfiguration) {
        beginObject("configuration")
        if let common = configuration.common {
            beginObject("common")
            field("notOperational", common & 0x80 != 0)
            field("chain", common & 0x40 != 0 ? 2 : 1)
            field("restarted", common & 0x20 != 0)
            field("processorOverload", common & 0x10 != 0)
            field("transmissionOverload", common & 0x08 != 0)
            field("monitoringDisconnected", common & 0x04 != 0)
            field("timeSourceInvalid", common & 0x02 != 0)
            endObject()
        }
        part("primary", configuration.primary)
        part("secondary", configuration.secondary)
        if let modeS = configuration.modeS {
            beginObject("modeS")
            antenna(UInt8(modeS >> 8))
            field("surveillanceCoordinationChannel", modeS & 0x0400 != 0 ? "B" : "A")
            field("dataLinkChannel", modeS & 0x0200 != 0 ? "B" : "A")
            field("surveillanceCoordinationOverload", modeS & 0x0100 != 0)
            field("dataLinkOverload", modeS & 0x0080 != 0)
            endObject()
        }
        endObject()
    }

    private mutating func part(_ name: String, _ octet: UInt8?) {
        guard let octet else { return }
        beginObject(name)
        antenna(octet)
        endObject()
    }

    /// The bits that all three kinds of sensor share.
    private mutating func antenna(_ octet: UInt8) {
        field("antenna", octet & 0x80 != 0 ? 2 : 1)
        field("channel", ["none", "A", "B", "both"][Int(octet >> 5 & 3)])
        field("overload", octet & 0x10 != 0)
        field("monitoringDisconnected", octet & 0x08 != 0)
    }

    private mutating func processing(_ processing: ProcessingMode) {
        beginObject("processing")
        if let common = processing.common {
            beginObject("common")
            field("processorReductionStep", Int(common >> 4 & 7))
            field("transmissionReductionStep", Int(common >> 1 & 7))
            endObject()
        }
        if let primary = processing.primary {
            beginObject("primary")
            field("polarization", primary & 0x80 != 0 ? "circular" : "linear")
            field("reductionStep", Int(primary >> 4 & 7))
            field("sensitivityMap", Int(primary >> 2 & 3) + 1)
            endObject()
        }
        if let secondary = processing.secondary {
            beginObject("secondary")
            field("reductionStep", Int(secondary >> 5))
            endObject()
        }
        if let modeS = processing.modeS {
            beginObject("modeS")
            field("reductionStep", Int(modeS >> 5))
            field("autonomous", modeS & 0x10 == 0)
            endObject()
        }
        endObject()
    }

    private mutating func window(_ window: PolarWindow) {
        beginObject("window")
        field("rangeStartNauticalMiles", window.rangeStart.nauticalMiles)
        field("rangeStartMeters", window.rangeStart.meters)
        field("rangeEndNauticalMiles", window.rangeEnd.nauticalMiles)
        field("rangeEndMeters", window.rangeEnd.meters)
        field("azimuthStartDegrees", window.azimuthStart.degrees)
        field("azimuthEndDegrees", window.azimuthEnd.degrees)
        endObject()
    }
}
