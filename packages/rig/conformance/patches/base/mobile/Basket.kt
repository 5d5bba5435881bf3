package shop.mobile

import io.sentry.Sentry
import io.sentry.android.core.SentryAndroid

class Basket(private val items: MutableList<Item>) {
    fun cheapest(): Item = items.minByOrNull { it.price }!!

    fun count(text: String): Int = text.toInt()

    fun sync(api: Api) {
        try {
            api.push(items)
        } catch (e: java.io.IOException) {
            Sentry.captureException(e)
            throw e
        }
    }
}

fun start(app: App) {
    SentryAndroid.init(app) { options ->
        options.dsn = BuildConfig.SENTRY_DSN
        options.sampleRate = 1.0
    }
}
