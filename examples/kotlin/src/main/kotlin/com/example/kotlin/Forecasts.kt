package com.example.kotlin

import com.example.weather.Outlook
import com.example.weather.WeatherClient
import com.google.protobuf.Empty
import io.psrpc.Response
import io.psrpc.Subscription
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.future.await
import kotlinx.coroutines.jdk9.asFlow

/** Asks for all places at the same time. A coroutine that is cancelled cancels its call. */
suspend fun forecasts(client: WeatherClient, vararg places: String): List<Outlook> =
    coroutineScope {
        places.map { async { client.async().forecast(place(it)).await() } }.awaitAll()
    }

/** What every station says, or what is wrong with it. */
fun measurements(client: WeatherClient): List<String> =
    client.measure(Empty.getDefaultInstance()).use { answers -> answers.map(::described) }

private fun described(answer: Response<Outlook>): String =
    when (answer) {
        is Response.Success -> "${answer.message.text}: ${answer.message.celsius} °C"
        is Response.Failure -> "${answer.serverId}: ${answer.cause.message}"
    }

/** The updates of a subscription, which is closed when they are not collected any more. */
fun <T : Any> Subscription<T>.asFlow(): Flow<T> = publisher().asFlow()
