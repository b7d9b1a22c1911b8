package dev.hookswitch.common.json;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** JSON number literals where spelling goes wrong most easily, and many at random. */
final class NumberCorpus {

    private final Random random;

    NumberCorpus(long seed) {
        random = new Random(seed);
    }

    /** Powers of two and ten and their neighbours, the smallest subnormals, the integers around 2^53. */
    Stream<String> edges() {
        return Stream.<Stream<String>>of(
                        powersOfTwo(),
                        powersOfTen(),
                        subnormals(),
                        integersAround(1L << 53),
                        integersAround(1L << 54),
                        integersAround(999_999_999_999_999L),
                        integersAround(Long.MAX_VALUE - 300),
                        integersAround(0))
                .flatMap(literals -> literals);
    }

    private Stream<String> powersOfTwo() {
        return ints(-1074, 1023).flatMap(k -> around(Math.scalb(1.0, k)));
    }

    private Stream<String> powersOfTen() {
        return ints(-330, 312).flatMap(k -> {
            Stream<String> literals = Stream.of(1, 9, 12, 99).map(digits -> digits + "e" + k);
            double power = Double.parseDouble("1e" + k);
            return power == 0 || Double.isInfinite(power) ? literals : Stream.concat(literals, around(power));
        });
    }

    private Stream<String> subnormals() {
        return ints(1, 2_500).flatMap(k -> spellings(k * Double.MIN_VALUE));
    }

    private static Stream<String> integersAround(long middle) {
        return ints(-300, 300).map(k -> middle + k).flatMap(n -> Stream.of(n + "", n + ".0", -n + "", n + "e0"));
    }

    private Stream<String> around(double value) {
        return Stream.of(Math.nextDown(value), value, Math.nextUp(value))
                .filter(Double::isFinite)
                .flatMap(this::spellings);
    }

    /** Doubles of every magnitude, from random bits, spelled in several ways. */
    Stream<String> randomDoubles(int count) {
        return Stream.generate(() -> Double.longBitsToDouble(random.nextLong()))
                .filter(Double::isFinite)
                .limit(count)
                .flatMap(this::spellings);
    }

    private Stream<String> spellings(double value) {
        BigDecimal exact = new BigDecimal(value);
        String halfWay = exact.add(new BigDecimal(Math.nextUp(value)))
                .divide(BigDecimal.valueOf(2))
                .toString();
        int digits = 1 + random.nextInt(25);
        Stream.Builder<String> literals = Stream.builder();
        literals.add(StableJson.number(value).toUpperCase(Locale.ROOT));
        literals.add(Double.toString(value));
        literals.add(exact.round(new MathContext(digits)).toString());
        ifShort(exact.toPlainString(), literals);
        ifShort(halfWay, literals);
        return literals.build();
    }

    private static void ifShort(String literal, Consumer<String> literals) {
        if (literal.length() < 800) {
            literals.accept(literal);
        }
    }

    /** Anything that the grammar of RFC 8259 allows: integers up to 40 digits, fractions, exponents. */
    Stream<String> randomLiterals(int count) {
        return Stream.generate(this::literal).limit(count);
    }

    private String literal() {
        StringBuilder literal = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
        int integerDigits = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(random.nextBoolean() ? 6 : 40);
        literal.append(integerDigits == 0 ? "0" : 1 + random.nextInt(9)).append(digits(integerDigits - 1));
        if (random.nextInt(2) == 0) {
            literal.append('.').append(digits(1 + random.nextInt(random.nextBoolean() ? 3 : 25)));
        }
        if (random.nextInt(3) == 0) {
            int exponent = random.nextInt(random.nextBoolean() ? 30 : 400);
            literal.append(pick(List.of("e", "E", "e+", "E+", "e-", "E-", "e0", "e-0")))
                    .append(exponent);
        }
        return literal.toString();
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        int zerosFrom = random.nextInt(Math.max(count, 0) + 1);
        for (int i = 0; i < count; i++) {
            digits.append(i < zerosFrom ? random.nextInt(10) : 0);
        }
        return digits.toString();
    }

    private String pick(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static Stream<Integer> ints(int first, int last) {
        return Stream.iterate(first, n -> n <= last, n -> n + 1);
    }
}
