package shop;

import io.sentry.Sentry;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

public final class Stock {
    private static final Logger log = LoggerFactory.getLogger(Stock.class);
    private final Map<String, Integer> counts;

    public Stock(Map<String, Integer> counts) {
        this.counts = counts;
    }

    public int take(String sku, int wanted) {
        int left = counts.get(sku) - wanted;
        counts.put(sku, left);
        return left;
    }

    public int parse(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            log.error("no number: {}", text, e);
            Sentry.captureException(e);
            throw e;
        }
    }
}
