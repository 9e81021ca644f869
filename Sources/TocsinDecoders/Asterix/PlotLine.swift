internal import TocsinModel

// Category 048 as JSON: SI units and, beside them, the units of the wire.
extension JSONLine {
    mutating func plot(_ plot: PlotRecord) {
        time(plot.timeOfDay)
        if let descriptor = plot.descriptor { self.descriptor(descriptor) }
        if let position = plot.position {
            field("rangeNauticalMiles", Double(position.rangeSteps) / 256)
            field("rangeMeters", Double(position.rangeSteps) * 1_852 / 256)
            field("azimuthDegrees", position.azimuth.degrees)
        }
        code("modeA", plot.modeA)
        if let level = plot.flightLevel {
            field("flightLevel", level.flightLevel)
            field("pressureAltitudeMeters", level.flightLevel * 30.48)
            flag("flightLevelNotValidated", !level.isValidated)
            flag("flightLevelGarbled", level.isGarbled)
        }
        field("address", plot.address?.description)
        field("callsign", plot.identification?.callsign)
        if plot.identification?.callsign == nil { field("callsignAsSent", plot.identification?.text) }
        registers(plot.registers)
        radarTrack(plot)
        if let plotted = plot.characteristics { characteristics(plotted) }
        details(plot)
        military(plot)
        hexadecimal("specialPurpose", plot.specialPurpose)
        hexadecimal("reservedExpansion", plot.reservedExpansion)
    }

    private mutating func code(_ name: String, _ code: OctalCode?) {
        guard let code else { return }
        field(name, code.text)
        flag("\(name)NotValidated", !code.isValidated)
        flag("\(name)Garbled", code.isGarbled)
        flag("\(name)Smoothed", code.isSmoothed)
    }

    private mutating func descriptor(_ descriptor: TargetDescriptor) {
        field("detection", descriptor.detection.text)
        field("chain", descriptor.chain)
        flag("simulated", descriptor.isSimulated)
        flag("specialPosition", descriptor.hasSpecialPosition)
        flag("fieldMonitor", descriptor.isFieldMonitor)
        guard descriptor.octetCount > 1 else { return }
        field("test", descriptor.isTest)
        field("extendedRange", descriptor.hasExtendedRange)
        field("xPulse", descriptor.hasXPulse)
        field("militaryEmergency", descriptor.isMilitaryEmergency)
        field("militaryIdentification", descriptor.isMilitaryIdentification)
        let answers = ["notInterrogated", "friendly", "unknown", "noReply"]
        field("friendOrFoe", descriptor.friendOrFoe.map { answers[$0] })
        guard descriptor.octetCount > 2 else { return }
        field("adsbAvailable", descriptor.adsb)
        field("clusterNetworkAvailable", descriptor.clusterNetwork)
        field("passiveAcquisitionAvailable", descriptor.passiveAcquisition)
        field("acasExtendedVersion", descriptor.acasExtendedVersion)
        field("phaseOverlayCapable", descriptor.phaseOverlayCapable)
        field("phaseOverlayActive", descriptor.phaseOverlayActive)
        field("dataflashCapable", descriptor.dataflashCapable)
        field("dataflashActive", descriptor.dataflashActive)
        field("repetitionMonitoringCapable", descriptor.repetitionMonitoringCapable)
        field("repetitionMonitoringActive", descriptor.repetitionMonitoringActive)
    }

    private mutating func registers(_ registers: [CommBRegister]?) {
        guard let registers else { return }
        beginArray("registers")
        for register in registers {
            beginElement()
            field("bds", "\(String(register.number >> 4, radix: 16)),\(String(register.number & 15, radix: 16))")
            hexadecimal("message", register.message, octets: 7)
            endObject()
        }
        endArray()
    }

    private mutating func radarTrack(_ plot: PlotRecord) {
        field("trackNumber", plot.trackNumber.map { Int($0) })
        if let position = plot.calculatedPosition {
            field("xNauticalMiles", Double(position.eastSteps) / 128)
            field("yNauticalMiles", Double(position.northSteps) / 128)
            field("xMeters", Double(position.eastSteps) * 1_852 / 128)
            field("yMeters", Double(position.northSteps) * 1_852 / 128)
        }
        if let velocity = plot.velocity {
            field("groundSpeedNauticalMilesPerSecond", velocity.nauticalMilesPerSecond)
            field("groundSpeedMetersPerSecond", velocity.nauticalMilesPerSecond * 1_852)
            field("headingDegrees", velocity.heading.degrees)
        }
        if let status = plot.trackStatus { trackStatus(status) }
        guard let quality = plot.trackQuality else { return }
        field("xSigmaMeters", quality.eastSigma.meters)
        field("ySigmaMeters", quality.northSigma.meters)
        field("groundSpeedSigmaMetersPerSecond", quality.speedSigma.metersPerSecond)
        field("headingSigmaDegrees", quality.headingSigmaDegrees)
    }

    private mutating func trackStatus(_ status: RadarTrackStatus) {
        beginObject("trackStatus")
        field("tentative", status.isTentative)
        field("sensors", ["combined", "primary", "secondary", "invalid"][status.sensors])
        field("lowConfidence", status.hasLowConfidence)
        field("manoeuvring", status.isManoeuvring)
        field("vertical", ["level", "climbing", "descending", "unknown"][status.verticalMode])
        field("ended", status.isEnd)
        field("ghost", status.isGhost)
        field("supplemented", status.isSupplemented)
        field("projected", status.isProjected)
        endObject()
    }

    private mutating func characteristics(_ plotted: PlotCharacteristics) {
        beginObject("plot")
        field("secondaryRunLengthDegrees", plotted.secondaryRunLengthDegrees)
        field("secondaryReplies", plotted.secondaryReplies)
        field("secondaryAmplitudeDecibelMilliwatts", plotted.secondaryAmplitudeDecibels)
        field("primaryRunLengthDegrees", plotted.primaryRunLengthDegrees)
        field("primaryAmplitudeDecibelMilliwatts", plotted.primaryAmplitudeDecibels)
        field("rangeDifferenceNauticalMiles", plotted.rangeDifference?.nauticalMiles)
        field("rangeDifferenceMeters", plotted.rangeDifference?.meters)
        field("azimuthDifferenceDegrees", plotted.azimuthDifferenceDegrees)
        endObject()
    }

    private mutating func details(_ plot: PlotRecord) {
        if let conditions = plot.conditions {
            beginArray("conditions")
            for condition in conditions {
                beginElement()
                field("code", Int(condition))
                field("text", PlotCondition.text(condition, edition: plot.edition))
                endObject()
            }
            endArray()
        }
        if let height = plot.measuredHeight {
            field("heightFeet", height.feet)
            field("heightMeters", height.meters)
        }
        if let doppler = plot.doppler { self.doppler(doppler) }
        if let capability = plot.capability { self.capability(capability) }
        hexadecimal("resolutionAdvisory", plot.resolutionAdvisory, octets: 7)
    }

    private mutating func doppler(_ doppler: RadialDoppler) {
        beginObject("doppler")
        field("speedMetersPerSecond", doppler.calculated?.metersPerSecond)
        field("doubtful", doppler.isDoubtful)
        if let raw = doppler.raw {
            beginArray("raw")
            for element in raw {
                beginElement()
                field("speedMetersPerSecond", Int(element.speedMetersPerSecond))
                field("ambiguityMetersPerSecond", Int(element.ambiguityMetersPerSecond))
                field("transmitterMegahertz", Int(element.transmitterMegahertz))
                endObject()
            }
            endArray()
        }
        endObject()
    }

    private mutating func capability(_ capability: TransponderCapability) {
        beginObject("transponder")
        field("communications", capability.communications)
        field("flightStatus", capability.flightStatus)
        field("interrogatorIdentifierOnly", capability.isInterrogatorIdentifierOnly)
        field("specificServices", capability.hasSpecificServices)
        field("altitudeStepFeet", capability.hasFineAltitude ? 25 : 100)
        field("identification", capability.hasIdentification)
        field("acasOperational", capability.acasOperational)
        field("acasBits", capability.acasBits)
        endObject()
    }

    private mutating func military(_ plot: PlotRecord) {
        let octal = ["A4", "A2", "A1", "B4", "B2", "B1", "C4", "C2", "C1", "D4", "D2", "D1"]
        pulses("modeALowQuality", octal, plot.modeALowQuality)
        if let modeC = plot.modeC {
            let gray = ["C1", "A1", "C2", "A2", "C4", "A4", "B1", "D1", "B2", "D2", "B4", "D4"]
            pulses("modeCPulses", gray, modeC.pulses)
            flag("modeCNotValidated", !modeC.isValidated)
            flag("modeCGarbled", modeC.isGarbled)
            pulses("modeCLowQuality", gray, modeC.lowQuality)
        }
        if let mode1 = plot.mode1 {
            field("mode1", mode1.text)
            flag("mode1NotValidated", !mode1.isValidated)
            flag("mode1Garbled", mode1.isGarbled)
            flag("mode1Smoothed", mode1.isSmoothed)
        }
        code("mode2", plot.mode2)
        pulses("mode1LowQuality", ["A4", "A2", "A1", "B2", "B1"], plot.mode1LowQuality.map { UInt16($0) })
        pulses("mode2LowQuality", octal, plot.mode2LowQuality)
    }
}
