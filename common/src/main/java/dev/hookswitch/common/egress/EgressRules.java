package dev.hookswitch.common.egress;

import dev.hookswitch.common.config.Settings;
import dev.hookswitch.common.config.SettingsReader;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the operator lets be called.
 *
 * @param addresses judges addresses
 * @param allowHttp whether plain http is accepted whatever a profile says
 * @param allowNames lower-case host names that are accepted although they look internal
 */
public record EgressRules(AddressPolicy addresses, boolean allowHttp, Set<String> allowNames) {
    private static final String NAME = "[a-z0-9]([a-z0-9.-]*[a-z0-9])?";

    public EgressRules {
        allowNames = Set.copyOf(allowNames);
    }

    /**
     * Reads {@code egress.allow-cidrs}, {@code egress.allow-http} and {@code egress.allow-names}.
     *
     * @throws dev.hookswitch.common.config.SettingsException naming every problem
     */
    public static EgressRules of(Settings settings) {
        SettingsReader reader = settings.reader();
        List<Cidr> opened = reader.list("egress.allow-cidrs", Cidr::parse);
        boolean allowHttp = reader.flag("egress.allow-http");
        Set<String> names = new HashSet<>(reader.list("egress.allow-names", EgressRules::name));
        reader.done();
        return new EgressRules(new AddressPolicy(opened), allowHttp, names);
    }

    private static String name(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException("must hold host names, was: " + text);
        }
        return name;
    }

    /**
     * Checks the URL of an endpoint.
     *
     * @param httpsOnly whether the endpoint's profile refuses plain http; the operator's switch opens it all the same
     * @throws IllegalArgumentException naming the rule that it breaks
     */
    public EndpointUrl parse(String url, boolean httpsOnly) {
        return EndpointUrl.parse(url, allowHttp || !httpsOnly, allowNames);
    }
}
