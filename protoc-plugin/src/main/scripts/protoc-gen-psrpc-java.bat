@echo off
rem Runs the generator for a protoc without Maven: keep protoc-gen-psrpc-java.jar beside this file.
if defined JAVA_HOME ("%JAVA_HOME%\bin\java" -jar "%~dp0protoc-gen-psrpc-java.jar") else (java -jar "%~dp0protoc-gen-psrpc-java.jar")
