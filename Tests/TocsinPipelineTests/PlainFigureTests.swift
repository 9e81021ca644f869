import Testing
import TocsinModel
import TocsinPipeline

@Suite struct PlainFigureTests {
    @Test func probabilitiesKeepWhatMattersAndNeverRoundToCertainty() {
        let texts = [0, 0.000_01, 0.001, 0.0056, 0.025, 0.41, 0.994, 0.999_9, 1].map(PlainFigure.percent)
        #expect(
            texts == [
                "0 %", "below 0.01 %", "0.1 %", "0.56 %", "2.5 %", "41 %", "above 99 %", "above 99 %", "100 %",
            ])
    }

    @Test func timesAndDistancesReadAsPeopleSayThem() {
        #expect(
            [45, 125, 600, 4_200].map { PlainFigure.duration(seconds: $0) } == [
                "45 s", "2 min 05 s", "10 min", "1 h 10 min",
            ])
        let distances = [840.0, 8_440, 119_600].map { PlainFigure.distance(Distance(meters: $0)) }
        #expect(distances == ["850 m", "8.4 km", "120 km"])
    }

    @Test func theDistanceToAnAreaIsToItsOutlineAndZeroInside() {
        let square = GeoPolygon(
            vertices: [(46.0, 7.0), (46.0, 7.2), (46.2, 7.2), (46.2, 7.0)]
                .map { GeoPoint(latitudeDegrees: $0.0, longitudeDegrees: $0.1) })
        #expect(square.distance(from: GeoPoint(latitudeDegrees: 46.1, longitudeDegrees: 7.1)).meters == 0)
        // A tenth of a degree of latitude is 11.1 km.
        let south = square.distance(from: GeoPoint(latitudeDegrees: 45.9, longitudeDegrees: 7.1))
        #expect(abs(south.meters - 11_115) < 30)
    }
}
