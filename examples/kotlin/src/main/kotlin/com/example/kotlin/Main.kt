package com.example.kotlin

import com.example.weather.WeatherClient
import com.example.weather.WeatherPublisher
import com.example.weather.WeatherServer
import io.psrpc.PsrpcException
import io.psrpc.ServerOptions
import io.psrpc.bus.LocalMessageBus
import io.psrpc.bus.MessageBus
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.runBlocking

/** Serves, calls, prints, ends. */
fun main() {
    LocalMessageBus.create().use { bus ->
        start(bus, "Oslo", 7)
        start(bus, "Rome", 21)
        start(bus, "Lima", null)
        val client = WeatherClient.create(bus)

        title("A call")
        line(client.forecast(place("Oslo")).text)

        title("Calls at the same time, in coroutines")
        runBlocking { forecasts(client, "Rome", "Oslo").forEach { line(it.text) } }

        title("A call of every station")
        measurements(client).sorted().forEach(::line)

        title("Updates as a flow")
        runBlocking { watch(bus, client) }

        title("An error")
        try {
            client.forecast(place("Lima"))
        } catch (e: PsrpcException) {
            line("${e.code()} from ${e.serverId().orElse("here")}: ${e.message}")
        }
    }
    println()
    println("Generated for Java, and at home in Kotlin.")
}

private fun start(bus: MessageBus, name: String, celsius: Int?): WeatherServer =
    WeatherServer.start(bus, Station(name, celsius), ServerOptions.builder().serverId(name).build())

private suspend fun watch(bus: MessageBus, client: WeatherClient) {
    val storms = client.subscribeStorms("Rome")
    WeatherPublisher.create(bus).use {
        it.publishStorms("Rome", outlook("thunder", 18))
        it.publishStorms("Rome", outlook("hail", 9))
    }
    storms.asFlow().take(2).collect { line("${it.text} at ${it.celsius} °C") }
}

private fun title(text: String) {
    println()
    println(text)
}

private fun line(text: String) = println("  $text")
