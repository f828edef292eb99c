package com.example.docs;

import com.example.api.MyRequest;
import com.example.api.MyResponse;
import com.example.api.MyServiceAsyncClient;
import com.example.api.MyServiceClient;
import com.example.api.MyServiceHandler;
import com.example.api.MyServiceMethods;
import com.example.api.MyServicePublisher;
import com.example.api.MyServiceServer;
import com.example.api.MyUpdate;
import com.google.protobuf.Message;
import io.psrpc.CallOptions;
import io.psrpc.ClientCall;
import io.psrpc.ClientInterceptor;
import io.psrpc.ClientObserver;
import io.psrpc.ClientOptions;
import io.psrpc.ErrorCode;
import io.psrpc.MethodInfo;
import io.psrpc.PsrpcException;
import io.psrpc.PublisherOptions;
import io.psrpc.Registration;
import io.psrpc.RequestContext;
import io.psrpc.Response;
import io.psrpc.Responses;
import io.psrpc.Selection;
import io.psrpc.ServerInterceptor;
import io.psrpc.ServerObserver;
import io.psrpc.ServerOptions;
import io.psrpc.Subscription;
import io.psrpc.SubscriptionListener;
import io.psrpc.SubscriptionOptions;
import io.psrpc.Topic;
import io.psrpc.bus.BusChannel;
import io.psrpc.bus.BusOptions;
import io.psrpc.bus.BusState;
import io.psrpc.bus.BusStats;
import io.psrpc.bus.LocalBroker;
import io.psrpc.bus.LocalMessageBus;
import io.psrpc.bus.MessageBus;
import io.psrpc.stub.Binding;
import io.psrpc.stub.MethodDefinition;
import io.psrpc.stub.RpcClient;
import io.psrpc.stub.RpcPublisher;
import io.psrpc.stub.RpcServer;
import io.psrpc.stub.ServiceDefinition;
import io.psrpc.testing.Faults;
import io.psrpc.testing.ManualTime;
import io.psrpc.testing.PsrpcExtension;
import io.psrpc.testing.TestContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;

/**
 * What a Java block of the documentation may use without saying where it comes from: these imports, and these variables. A block becomes
 * statements of a method, or members, of a class that extends this one. It is compiled, and never run.
 */
public abstract class Prelude implements MyServiceHandler {
    protected MessageBus bus;
    protected MyServiceClient client;
    protected MyServiceServer server;
    protected MyServicePublisher publisher;
    protected MyServiceHandler handler;
    protected MyRequest request;
    protected MyResponse response;
    protected MyUpdate update;
    /** What a handler is given. */
    protected RequestContext ctx;

    public static final System.Logger LOG = System.getLogger("com.example");

    /** Serves the quickstart's service. */
    public static final class MyHandler implements MyServiceHandler {
        @Override
        public MyResponse normalRPC(RequestContext ctx, MyRequest request) {
            return MyResponse.getDefaultInstance();
        }

        @Override
        public MyResponse intensiveRPC(RequestContext ctx, MyRequest request) {
            return MyResponse.getDefaultInstance();
        }

        @Override
        public float intensiveRPCAffinity(RequestContext ctx, MyRequest request) {
            return 1;
        }

        @Override
        public MyResponse getStats(RequestContext ctx, MyRequest request) {
            return MyResponse.getDefaultInstance();
        }

        @Override
        public MyResponse getRegionStats(RequestContext ctx, MyRequest request) {
            return MyResponse.getDefaultInstance();
        }
    }
}
