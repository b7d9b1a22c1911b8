package dev.hookswitch.console.log;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** The first digit of a status code. */
public enum CodeClass {
    /** No attempt was answered with a status line, or none was made. */
    @JsonEnumDefaultValue
    @JsonProperty("none")
    NONE,
    @JsonProperty("1xx")
    C1XX,
    @JsonProperty("2xx")
    C2XX,
    @JsonProperty("3xx")
    C3XX,
    @JsonProperty("4xx")
    C4XX,
    @JsonProperty("5xx")
    C5XX;

    /** The class of a code. What is no code from 100 to 599 is as none. */
    public static CodeClass of(@Nullable Integer httpStatus) {
        return switch (httpStatus == null ? 0 : httpStatus / 100) {
            case 1 -> C1XX;
            case 2 -> C2XX;
            case 3 -> C3XX;
            case 4 -> C4XX;
            case 5 -> C5XX;
            default -> NONE;
        };
    }
}
