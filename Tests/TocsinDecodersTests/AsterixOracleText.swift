import TocsinDecoders
import TocsinModel

/// Our records in the words of the independent decoder: item and subitem numbers, in its order, as JSON.
struct AsterixOracleText {
    private var text = "{"

    static func bytes(_ step: AsterixReader.Step) -> [UInt8] {
        var writer = AsterixOracleText()
        switch step {
        case .plot(let plot): writer.plot(plot)
        case .service(let service): writer.service(service)
        case .rejected: break
        }
        return Array((writer.text + "}").utf8)
    }

    private mutating func key(_ name: String) {
        if text.utf8.last != UInt8(ascii: "{") { text += "," }
        text += "\"\(name)\":"
    }

    private mutating func set(_ name: String, _ value: Double?) {
        guard let value else { return }
        key(name)
        text += value.description
    }

    private mutating func set(_ name: String, _ value: Int?) {
        guard let value else { return }
        key(name)
        text += String(value)
    }

    private mutating func set(_ name: String, _ value: Bool?) { set(name, value.map { $0 ? 1 : 0 }) }

    private mutating func set(_ name: String, _ value: String?) {
        guard let value else { return }
        key(name)
        text += "\"\(value)\""
    }

    private mutating func group(_ name: String, isPresent: Bool, _ fields: (inout AsterixOracleText) -> Void) {
        guard isPresent else { return }
        key(name)
        text += "{"
        fields(&self)
        text += "}"
    }

    /// Single bits from the highest of `width` on.
    private mutating func bits(_ names: [String], _ value: Int, width: Int) {
        for (index, name) in names.enumerated() { set(name, value >> (width - 1 - index) & 1) }
    }

    private mutating func source(_ source: AsterixSource) {
        group("010", isPresent: true) {
            $0.set("SAC", Int(source.area))
            $0.set("SIC", Int(source.code))
        }
    }

    private mutating func plot(_ plot: PlotRecord) {
        source(plot.source)
        set("140", plot.timeOfDay?.seconds)
        if let descriptor = plot.descriptor { self.descriptor(descriptor) }
        group("040", isPresent: plot.position != nil) {
            $0.set("RHO", plot.position.map { Double($0.rangeSteps) / 256 })
            $0.set("THETA", plot.position?.azimuth.degrees)
        }
        group("070", isPresent: plot.modeA != nil) {
            $0.set("V", plot.modeA?.isValidated == false)
            $0.set("G", plot.modeA?.isGarbled)
            $0.set("L", plot.modeA?.isSmoothed)
            $0.set("MODE3A", plot.modeA?.text)
        }
        group("090", isPresent: plot.flightLevel != nil) {
            $0.set("V", plot.flightLevel?.isValidated == false)
            $0.set("G", plot.flightLevel?.isGarbled)
            $0.set("FL", plot.flightLevel?.flightLevel)
        }
        if let plotted = plot.characteristics { characteristics(plotted) }
        set("220", plot.address.map { Int($0.rawValue) })
        // It leaves characters out that the code does not define; we keep their places.
        set("240", plot.identification.map { $0.text.filter { $0 != "?" } })
        registers(plot.registers)
        radarTrack(plot)
        details(plot)
    }

    private mutating func descriptor(_ descriptor: TargetDescriptor) {
        group("020", isPresent: true) {
            $0.set("TYP", Int(descriptor.detection.rawValue))
            $0.set("SIM", descriptor.isSimulated)
            $0.set("RDP", descriptor.chain - 1)
            $0.set("SPI", descriptor.hasSpecialPosition)
            $0.set("RAB", descriptor.isFieldMonitor)
            $0.set("TST", descriptor.isTest)
            $0.set("ERR", descriptor.hasExtendedRange)
            $0.set("XPP", descriptor.hasXPulse)
            $0.set("ME", descriptor.isMilitaryEmergency)
            $0.set("MI", descriptor.isMilitaryIdentification)
            $0.set("FOEFRI", descriptor.friendOrFoe)
        }
    }

    private mutating func characteristics(_ plotted: PlotCharacteristics) {
        group("130", isPresent: true) {
            $0.set("SRL", plotted.secondaryRunLengthDegrees)
            $0.set("SRR", plotted.secondaryReplies)
            $0.set("SAM", plotted.secondaryAmplitudeDecibels)
            $0.set("PRL", plotted.primaryRunLengthDegrees)
            $0.set("PAM", plotted.primaryAmplitudeDecibels)
            $0.set("RPD", plotted.rangeDifference?.nauticalMiles)
            $0.set("APD", plotted.azimuthDifferenceDegrees)
        }
    }

    private mutating func registers(_ registers: [CommBRegister]?) {
        guard let registers else { return }
        key("250")
        text += "["
        for (index, register) in registers.enumerated() {
            text += index == 0 ? "{" : ",{"
            set("MBDATA", Int(register.message))
            set("BDS1", Int(register.number >> 4))
            set("BDS2", Int(register.number & 15))
            text += "}"
        }
        text += "]"
    }

    private mutating func radarTrack(_ plot: PlotRecord) {
        group("161", isPresent: plot.trackNumber != nil) { $0.set("TRN", plot.trackNumber.map { Int($0) }) }
        group("042", isPresent: plot.calculatedPosition != nil) {
            $0.set("X", plot.calculatedPosition.map { Double($0.eastSteps) / 128 })
            $0.set("Y", plot.calculatedPosition.map { Double($0.northSteps) / 128 })
        }
        group("200", isPresent: plot.velocity != nil) {
            $0.set("GSP", plot.velocity?.nauticalMilesPerSecond)
            $0.set("HDG", plot.velocity?.heading.degrees)
        }
        guard let status = plot.trackStatus else { return }
        group("170", isPresent: true) {
            $0.set("CNF", status.isTentative)
            $0.set("RAD", status.sensors)
            $0.set("DOU", status.hasLowConfidence)
            $0.set("MAH", status.isManoeuvring)
            $0.set("CDM", status.verticalMode)
            $0.set("TRE", status.isEnd)
            $0.set("GHO", status.isGhost)
            $0.set("SUP", status.isSupplemented)
            $0.set("TCC", status.isProjected)
        }
    }

    private mutating func details(_ plot: PlotRecord) {
        if let conditions = plot.conditions {
            key("030")
            text += "[\(conditions.map { String($0) }.joined(separator: ","))]"
        }
        if let pulses = plot.modeALowQuality {
            let names = ["QA4", "QA2", "QA1", "QB4", "QB2", "QB1", "QC4", "QC2", "QC1", "QD4", "QD2", "QD1"]
            group("080", isPresent: true) { $0.bits(names, Int(pulses), width: 12) }
        }
        if let modeC = plot.modeC {
            let names = ["QC1", "QA1", "QC2", "QA2", "QC4", "QA4", "QB1", "QD1", "QB2", "QD2", "QB4", "QD4"]
            group("100", isPresent: true) {
                $0.set("V", !modeC.isValidated)
                $0.set("G", modeC.isGarbled)
                $0.set("MODEC", Int(modeC.pulses))
                $0.bits(names, Int(modeC.lowQuality), width: 12)
            }
        }
        group("110", isPresent: plot.measuredHeight != nil) { $0.set("3DH", plot.measuredHeight?.feet) }
        guard let capability = plot.capability else { return }
        group("230", isPresent: true) {
            $0.set("COM", capability.communications)
            $0.set("STAT", capability.flightStatus)
            $0.set("SI", capability.isInterrogatorIdentifierOnly)
            $0.set("MSSC", capability.hasSpecificServices)
            $0.set("ARC", capability.hasFineAltitude)
            $0.set("AIC", capability.hasIdentification)
            $0.set("B1A", capability.acasOperational)
            $0.set("B1B", capability.acasBits)
        }
    }

    private mutating func service(_ service: ServiceRecord) {
        source(service.source)
        set("000", service.message.map { Int($0) })
        set("030", service.timeOfDay?.seconds)
        set("020", service.sectorDegrees)
        set("041", service.antennaPeriodSeconds)
        if let configuration = service.configuration { self.configuration(configuration) }
        if let processing = service.processing { self.processing(processing) }
        if let counters = service.counters {
            key("070")
            let elements = counters.map { "{\"TYP\":\($0.kind),\"COUNT\":\($0.count)}" }
            text += "[\(elements.joined(separator: ","))]"
        }
        group("120", isPresent: service.site != nil) {
            $0.set("HGT", service.site.map { Double($0.heightMeters) })
            $0.set("LAT", service.site?.latitudeDegrees)
            $0.set("LON", service.site?.longitudeDegrees)
        }
    }

    private mutating func configuration(_ configuration: SystemConfiguration) {
        group("050", isPresent: true) { item in
            if let common = configuration.common {
                let names = ["NOGO", "RDPC", "RDPR", "OVLRDP", "OVLXMT", "MSC", "TSV"]
                item.group("COM", isPresent: true) { $0.bits(names, Int(common), width: 8) }
            }
            for (name, octet) in [("PSR", configuration.primary), ("SSR", configuration.secondary)] {
                guard let octet else { continue }
                item.group(name, isPresent: true) {
                    $0.set("ANT", Int(octet >> 7))
                    $0.set("CHAB", Int(octet >> 5 & 3))
                    $0.set("OVL", Int(octet >> 4 & 1))
                    $0.set("MSC", Int(octet >> 3 & 1))
                }
            }
            guard let modeS = configuration.modeS else { return }
            item.group("MDS", isPresent: true) {
                $0.set("ANT", Int(modeS >> 15))
                $0.set("CHAB", Int(modeS >> 13 & 3))
                $0.bits(["OVLSUR", "MSC", "SCF", "DLF", "OVLSCF", "OVLDLF"], Int(modeS), width: 13)
            }
        }
    }

    private mutating func processing(_ processing: ProcessingMode) {
        group("060", isPresent: true) { item in
            item.group("COM", isPresent: processing.common != nil) {
                $0.set("REDRDP", processing.common.map { Int($0 >> 4 & 7) })
                $0.set("REDXMT", processing.common.map { Int($0 >> 1 & 7) })
            }
            item.group("PSR", isPresent: processing.primary != nil) {
                $0.set("POL", processing.primary.map { Int($0 >> 7) })
                $0.set("REDRAD", processing.primary.map { Int($0 >> 4 & 7) })
                $0.set("STC", processing.primary.map { Int($0 >> 2 & 3) })
            }
            item.group("SSR", isPresent: processing.secondary != nil) {
                $0.set("REDRAD", processing.secondary.map { Int($0 >> 5) })
            }
            item.group("MDS", isPresent: processing.modeS != nil) {
                $0.set("REDRAD", processing.modeS.map { Int($0 >> 5) })
                $0.set("CLU", processing.modeS.map { Int($0 >> 4 & 1) })
            }
        }
    }
}
