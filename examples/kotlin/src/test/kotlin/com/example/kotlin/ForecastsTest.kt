package com.example.kotlin

import com.example.weather.Outlook
import com.example.weather.Place
import com.example.weather.WeatherClient
import com.example.weather.WeatherHandler
import com.example.weather.WeatherPublisher
import com.example.weather.WeatherServer
import io.psrpc.CallOptions
import io.psrpc.RequestContext
import io.psrpc.testing.PsrpcExtension
import io.psrpc.testing.TestContext
import java.util.concurrent.CountDownLatch
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.extension.RegisterExtension

class ForecastsTest {
    @JvmField
    @RegisterExtension
    val psrpc: PsrpcExtension = PsrpcExtension.create().withManualTime()

    @Test
    fun `the station at the place answers`() {
        val oslo = WeatherServer.start(psrpc.bus(), Station("Oslo", 7))
        val rome = WeatherServer.start(psrpc.bus(), Station("Rome", 21))
        WeatherClient.create(psrpc.bus()).use { client ->
            val outlooks = runBlocking { forecasts(client, "Rome", "Oslo") }

            assertEquals(listOf(21, 7), outlooks.map { it.celsius })
        }
        oslo.close()
        rome.close()
    }

    @Test
    fun `a coroutine that is cancelled cancels its call`() {
        val asked = CountDownLatch(1)
        val cancelled = CountDownLatch(1)
        val slow =
            object : WeatherHandler by Station("Oslo", 7) {
                override fun forecast(ctx: RequestContext, request: Place): Outlook {
                    asked.countDown()
                    cancelled.await()
                    return outlook("too late", 0)
                }
            }
        WeatherServer.start(psrpc.bus(), slow).use {
            WeatherClient.create(psrpc.bus()).use { client ->
                runBlocking {
                    val asking = launch(Dispatchers.Default) { forecasts(client, "Oslo") }
                    asked.await()
                    val timers = psrpc.time().pendingTimers()
                    asking.cancelAndJoin()

                    assertTrue(psrpc.time().pendingTimers() < timers)
                }
                cancelled.countDown()
            }
        }
    }

    @Test
    fun `updates are a flow`() {
        WeatherClient.create(psrpc.bus()).use { client ->
            val storms = client.subscribeStorms("Oslo")
            WeatherPublisher.create(psrpc.bus()).use {
                it.publishStorms("Oslo", outlook("hail", 1))
            }

            assertEquals("hail", runBlocking { storms.asFlow().first() }.text)
        }
    }

    @Test
    fun `a fake has the one method that is called`() {
        val fake =
            object : WeatherClient {
                override fun forecast(request: Place, options: CallOptions): Outlook =
                    outlook(request.name, 3)
            }

        assertEquals("Oslo", fake.forecast(place("Oslo")).text)
    }

    @Test
    fun `the handler alone`() {
        val oslo = Station("Oslo", 7)

        assertEquals(1f, oslo.forecastAffinity(TestContext.any(), place("Oslo")))
        assertEquals(7, oslo.forecast(TestContext.any(), place("Oslo")).celsius)
    }
}
