package dev.hookswitch.benchmarks.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChartTest {
    @Test
    void drawsCurvesFromLeftToRightWithTheGreatestValueNearTheTop() {
        String svg = new Chart("title")
                .band(2, 4, "disturbed")
                .panel("rate", new Chart.Curve("arrived", "#123456", new double[] {0, 5, 10}, new double[] {0, 105, 0}))
                .svg();

        // left 70, width 860, top 50, height 150; 5 % of air above the greatest value
        assertThat(svg).contains("points=\"70.0,200.0 500.0,57.1 930.0,200.0 \"");
        assertThat(svg).contains("title", "disturbed", "rate", "fill=\"#123456\">arrived", ">10 s<");
    }

    @Test
    void drawsNothingOfNothing() {
        assertThat(new Chart("empty")
                        .panel("none", new Chart.Curve("a", "red", new double[0], new double[0]))
                        .svg())
                .startsWith("<svg")
                .endsWith("</svg>\n");
    }
}
