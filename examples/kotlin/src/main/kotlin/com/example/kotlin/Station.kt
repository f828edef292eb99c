package com.example.kotlin

import com.example.weather.Outlook
import com.example.weather.Place
import com.example.weather.WeatherHandler
import com.google.protobuf.Empty
import io.psrpc.ErrorCode
import io.psrpc.RequestContext

/** A weather station: knows the weather at its own place, and that elsewhere from hearsay. */
class Station(private val place: String, private val celsius: Int?) : WeatherHandler {
    override fun forecast(ctx: RequestContext, request: Place): Outlook =
        outlook("${request.name} will be sunny, says $place", measured())

    override fun forecastAffinity(ctx: RequestContext, request: Place): Float =
        if (request.name == place) 1f else 0.1f

    override fun measure(ctx: RequestContext, request: Empty): Outlook = outlook(place, measured())

    private fun measured(): Int =
        celsius
            ?: throw ErrorCode.FAILED_PRECONDITION.error("thermometer: broken (expected: whole)")
}

fun outlook(text: String, celsius: Int): Outlook =
    Outlook.newBuilder().setText(text).setCelsius(celsius).build()

fun place(name: String): Place = Place.newBuilder().setName(name).build()
