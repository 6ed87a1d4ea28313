/* Requests put together in one buffer, and the acknowledgement of the last. For bench/floor.c. */
#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include "clock.h"

static char in[1 << 16];
static char out[1 << 16];
static size_t used;
static uint32_t sequence;

static int open_socket(void)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
	if (fd < 0)
		die("socket");
	return fd;
}

static struct nlmsghdr *begin(int type, int flags, const void *header, size_t length)
{
	struct nlmsghdr *message = (struct nlmsghdr *)(out + used);
	*message = (struct nlmsghdr){ NLMSG_LENGTH(length), type, NLM_F_REQUEST | flags, ++sequence, 0 };
	memcpy(NLMSG_DATA(message), header, length);
	return message;
}

static struct rtattr *add(struct nlmsghdr *message, int type, const void *data, size_t length)
{
	struct rtattr *attribute = (struct rtattr *)((char *)message + NLMSG_ALIGN(message->nlmsg_len));
	attribute->rta_type = type;
	attribute->rta_len = RTA_LENGTH(length);
	if (length)
		memcpy(RTA_DATA(attribute), data, length);
	message->nlmsg_len = NLMSG_ALIGN(message->nlmsg_len) + RTA_ALIGN(attribute->rta_len);
	return attribute;
}

static void add_name(struct nlmsghdr *message, int type, const char *name)
{
	add(message, type, name, strlen(name) + 1);
}

static void add_u32(struct nlmsghdr *message, int type, uint32_t value)
{
	add(message, type, &value, sizeof value);
}

static void close_nest(struct nlmsghdr *message, struct rtattr *nest)
{
	nest->rta_len = (char *)message + message->nlmsg_len - (char *)nest;
}

static void end(struct nlmsghdr *message)
{
	used += NLMSG_ALIGN(message->nlmsg_len);
}

static ssize_t receive(int fd)
{
	ssize_t length = recv(fd, in, sizeof in, 0);
	if (length < 0 && errno != ENOBUFS)
		die("recv");
	return length;
}

/* Sends what was put together and waits for the acknowledgement of the last message. */
static void submit(int fd)
{
	if (send(fd, out, used, 0) < 0)
		die("send");
	used = 0;
	for (;;) {
		ssize_t length = receive(fd);
		struct nlmsghdr *message = (struct nlmsghdr *)in;
		for (; NLMSG_OK(message, length); message = NLMSG_NEXT(message, length)) {
			if (message->nlmsg_type != NLMSG_ERROR)
				continue;
			errno = -((struct nlmsgerr *)NLMSG_DATA(message))->error;
			if (errno)
				die("request");
			if (message->nlmsg_seq == sequence)
				return;
		}
	}
}
