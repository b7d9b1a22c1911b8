package dev.hookswitch.console.log;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/** The first digit of a status code. The order is stored on disk, as that of {@link DeliveryStatus} is. */
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
        int first = httpStatus == null ? 0 : httpStatus / 100;
        return first >= 1 && first <= 5 ? values()[first] : NONE;
    }
}
