/* SPDX-License-Identifier: BSD-2-Clause
 * Shapes: what a root task may use of C++: classes, virtual functions, templates, static objects, new and delete. */
#include <sel4/sel4.h>
#include <stdio.h>

namespace {

struct Shape {
    virtual ~Shape() { printf("gone: %s\n", name()); }
    virtual int area() const = 0;
    const char *name() const { return name_; }

protected:
    explicit Shape(const char *name) : name_(name) {}

private:
    const char *name_;
};

struct Square final : Shape {
    explicit Square(int side) : Shape("square"), side_(side) {}
    int area() const override { return side_ * side_; }

private:
    int side_;
};

struct Circle final : Shape {
    explicit Circle(int radius) : Shape("circle"), radius_(radius) {}
    int area() const override { return 3 * radius_ * radius_; }

private:
    int radius_;
};

struct Whole {
    Whole() { puts("made before main"); }
    ~Whole() { puts("destroyed after main"); }
} whole;

Shape &circle()
{
    static Circle only(2);      /* made at the first call */
    return only;
}

}

int main()
{
    Shape *square = new Square(3);
    Shape *second = new Circle(1);
    seL4_Word *words = new seL4_Word[100];

    printf("square %d, circle %d\n", square->area(), circle().area());
    delete second;
    delete square;
    delete[] words;
    puts("given back");
    return 0;
}
