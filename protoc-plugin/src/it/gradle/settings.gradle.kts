rootProject.name = "greeter-gradle"
