package example.larkfield.sweep

import okhttp3.OkHttpClient
import okhttp3.Request

/** Asks for each operation of last year once, so that the register can close it. The host comes with the deployment. */
class ArchiveSweep(private val http: OkHttpClient) {
    private val base = System.getenv("SWEEP_BASE_URL")

    fun look(operationId: String): String {
        val request = Request.Builder()
            .url("$base/platform/v1/operations/$operationId")
            .header("Authorization", "Bearer " + System.getenv("WORKIVA_TOKEN"))
            .build()
        return http.newCall(request).execute().use { it.body!!.string() }
    }
}
